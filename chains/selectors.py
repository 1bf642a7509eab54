"""All chains as arrays with their figures: read in a few queries, kept until a table behind them changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from chains.edges import Edges, read_edges
from chains.graph import Ints
from chains.models import Chain, ChainNode, EnterpriseNode
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


class MakerRow(NamedTuple):
    enterprise_id: int
    node_id: int
    node__chain_id: int
    share: float | None
    source_id: int | None


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
    nodes = _by_chain(map(NodeRow._make, ChainNode.objects.order_by("id").values_list(*NodeRow._fields)))
    edges = read_edges()
    in_city = EnterpriseNode.objects.filter(enterprise__in_city=True).order_by("id")
    rows = [MakerRow(*row) for row in in_city.values_list(*MakerRow._fields)]
    invented = set(Source.objects.filter(synthetic=True).values_list("id", flat=True))
    city, shares, who = _city(rows, reference)
    bought, nearby = _purchases(rows, edges, reference)
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        rows_of[row.node__chain_id].append(at)
    found = {}
    for chain in chains:
        own_nodes, own_edges = nodes[chain.pk], edges.of(chain.pk)
        mine = np.array(rows_of[chain.pk], dtype=np.int64)
        position = {node.id: at for at, node in enumerate(own_nodes)}
        where = np.array([position[rows[at].node_id] for at in mine.tolist()], dtype=np.int64)
        found[chain.pk] = draw(
            chain,
            own_nodes,
            graph_of(own_nodes, own_edges.supplier, own_edges.customer, own_edges.coefficient),
            makers(who[mine], where, shares.share[mine], city.output, len(own_nodes), shares.divided[mine]),
            Purchases(*(np.array([of.get(node.id, 0.0) for node in own_nodes]) for of in (bought, nearby))),
            city,
            limits,
            synthetic=not invented.isdisjoint(
                {node.source_id for node in own_nodes}
                | set(np.unique(own_edges.source).tolist())
                | {rows[at].source_id for at in mine.tolist()}
            ),
        )
    return found


_pictures: Kept[dict[int, ChainPicture]] = Kept(VERSIONS, _read)


def _by_chain(rows: Iterable[NodeRow]) -> defaultdict[int, list[NodeRow]]:
    found: defaultdict[int, list[NodeRow]] = defaultdict(list)
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


def _purchases(rows: list[MakerRow], edges: Edges, reference: int) -> tuple[dict[int, float], dict[int, float]]:
    """Purchases of the city's firms by node, all and local, as recent as an output must be (a tie without a year counts)."""
    recorded = SupplyTie.objects.filter(
        Q(year=None) | Q(year__range=(reference - OLDEST_YEARS, reference)), customer__in_city=True, amount__gt=0
    )
    ties = list(recorded.values_list("supplier", "customer", "amount", "supplier__in_city"))
    elsewhere = EnterpriseNode.objects.filter(enterprise__in_city=False, enterprise__in=recorded.values("supplier"))
    makes: defaultdict[int, set[int]] = defaultdict(set)
    for enterprise, node in elsewhere.values_list("enterprise", "node"):
        makes[enterprise].add(node)
    for row in rows:
        makes[row.enterprise_id].add(row.node_id)
    sold = edges.supplied_by({node for supplier, *_ in ties for node in makes.get(supplier, ())})
    return purchases(
        (Tie(supplier, customer, amount or 0.0, local) for supplier, customer, amount, local in ties),
        makes,
        zip(sold.supplier.tolist(), sold.customer.tolist(), strict=True),
    )
