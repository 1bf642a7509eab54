"""All chains as arrays with their figures: read in a few queries, kept until a table behind them changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from chains.graph import Ints
from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from chains.picture import ChainPicture, City, NodeRow, Purchases, draw, graph_of
from chains.sourcing import Tie, purchases
from chains.supply import Shares, makers, resolve_shares
from chains.thresholds import limits_in_force
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, SupplyTie
from enterprises.selectors import latest_figures, reference_year
from geo.models import Source
from geo.versions import Kept

VERSIONS = ("chains", "enterprises", "enterprise_years", "supply_ties", "thresholds")


class EdgeRow(NamedTuple):
    chain_id: int
    supplier_id: int
    customer_id: int
    coefficient: float | None
    source_id: int | None


class MakerRow(NamedTuple):
    enterprise_id: int
    node_id: int
    node__chain_id: int
    share: float | None
    source_id: int | None


Row = TypeVar("Row", NodeRow, EdgeRow)


def picture(chain: Chain) -> ChainPicture:
    return _pictures.get()[chain.pk]


def pictures(chains: Iterable[Chain]) -> list[ChainPicture]:
    """Of the given chains, in their order."""
    known = _pictures.get()
    return [known[chain.pk] for chain in chains if chain.pk in known]


@contextmanager
def _one_moment() -> Iterator[None]:
    """Tables read one after another agree with each other, whatever is loaded meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _read() -> dict[int, ChainPicture]:
    """Everything at once: ten queries, whatever the number of chains."""
    with _one_moment():
        return _read_all()


def _read_all() -> dict[int, ChainPicture]:
    reference = reference_year() or 0
    chains = list(Chain.objects.all())
    limits = limits_in_force()
    nodes = _by_chain(NodeRow(*row) for row in ChainNode.objects.order_by("id").values_list(*NodeRow._fields))
    edges = _by_chain(EdgeRow(*row) for row in ChainEdge.objects.order_by("id").values_list(*EdgeRow._fields))
    in_city = EnterpriseNode.objects.filter(enterprise__in_city=True).order_by("id")
    rows = [MakerRow(*row) for row in in_city.values_list(*MakerRow._fields)]
    invented = set(Source.objects.filter(synthetic=True).values_list("id", flat=True))
    city, shares, who = _city(rows, reference)
    bought, nearby = _purchases(rows, [edge for of_chain in edges.values() for edge in of_chain], reference)
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        rows_of[row.node__chain_id].append(at)
    found = {}
    for chain in chains:
        own_nodes, own_edges = nodes[chain.pk], edges[chain.pk]
        mine = np.array(rows_of[chain.pk], dtype=np.int64)
        position = {node.id: at for at, node in enumerate(own_nodes)}
        where = np.array([position[rows[at].node_id] for at in mine.tolist()], dtype=np.int64)
        found[chain.pk] = draw(
            chain,
            own_nodes,
            graph_of(own_nodes, [(edge.supplier_id, edge.customer_id, edge.coefficient) for edge in own_edges]),
            makers(who[mine], where, shares.share[mine], city.output, len(own_nodes), shares.divided[mine]),
            Purchases(*(np.array([of.get(node.id, 0.0) for node in own_nodes]) for of in (bought, nearby))),
            city,
            limits,
            synthetic=not invented.isdisjoint(
                {node.source_id for node in own_nodes}
                | {edge.source_id for edge in own_edges}
                | {rows[at].source_id for at in mine.tolist()}
            ),
        )
    return found


_pictures: Kept[dict[int, ChainPicture]] = Kept(VERSIONS, _read)


def _by_chain(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.chain_id].append(row)
    return found


def _city(rows: list[MakerRow], reference: int) -> tuple[City, Shares, Ints]:
    """The enterprises behind the rows, every row's share, and the position of its enterprise."""
    ids, who = np.unique(np.array([row.enterprise_id for row in rows], dtype=np.int64), return_inverse=True)
    shares = resolve_shares(who, np.array([row.share for row in rows], dtype=np.float64), ids.size)
    firms = Enterprise.objects.in_city().filter(pk__in=EnterpriseNode.objects.values("enterprise"))
    known = latest_figures(firms, reference=reference)
    output_year = np.zeros(ids.size, dtype=np.int64)
    output_year[np.searchsorted(ids, known.enterprise)] = known.year
    return City(ids, known.of(ids), output_year, shares.scaled, reference), shares, who.astype(np.int64)


def _purchases(rows: list[MakerRow], edges: list[EdgeRow], reference: int) -> tuple[dict[int, float], dict[int, float]]:
    """Purchases of the city's firms by node, all and local, as recent as an output must be (a tie without a year counts)."""
    recorded = SupplyTie.objects.filter(
        Q(year=None) | Q(year__range=(reference - OLDEST_YEARS, reference)), customer__in_city=True, amount__gt=0
    )
    ties = recorded.values_list("supplier", "customer", "amount", "supplier__in_city")
    elsewhere = EnterpriseNode.objects.filter(enterprise__in_city=False, enterprise__in=recorded.values("supplier"))
    makes: defaultdict[int, set[int]] = defaultdict(set)
    for enterprise, node in elsewhere.values_list("enterprise", "node"):
        makes[enterprise].add(node)
    for row in rows:
        makes[row.enterprise_id].add(row.node_id)
    return purchases(
        (Tie(supplier, customer, amount or 0.0, local) for supplier, customer, amount, local in ties),
        makes,
        ((edge.supplier_id, edge.customer_id) for edge in edges),
    )
