"""All chains as arrays with their figures: read in a few queries, kept until a table behind them changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from chains.disruption import Baseline, baseline, indirect_losses
from chains.figures import ChainFigures, NodeFacts, chain_figures
from chains.graph import NO_PARENT, Bools, ChainGraph, Floats, Ints, build_graph
from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from chains.sourcing import Sourcing, Tie, local_sourcing, purchases
from chains.supply import Makers, Shares, makers, resolve_shares
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, SupplyTie
from enterprises.selectors import latest_figures, reference_year
from geo.models import Source
from geo.versions import Kept

VERSIONS = ("chains", "enterprises", "enterprise_years", "supply_ties")


class NodeRow(NamedTuple):
    id: int
    chain_id: int
    code: str
    name: str
    name_en: str
    stage: str
    parent_id: int | None
    essential: bool
    barrier: float | None
    import_share: float | None
    national_output: float | None
    source_id: int | None


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


@dataclass(frozen=True)
class City:
    """Enterprises of the city that make something for a chain; positions in `ids` stand for them everywhere else."""

    ids: Ints
    output: Floats
    """10k CNY, NaN where unknown."""
    output_year: Ints
    """0 where the output is unknown."""
    share_scaled: Bools
    reference_year: int

    def position(self, enterprise_id: int) -> int | None:
        at = int(np.searchsorted(self.ids, enterprise_id))
        return at if at < self.ids.size and self.ids[at] == enterprise_id else None


@dataclass(frozen=True)
class ChainPicture:
    """One chain: its nodes in the order they were loaded, and arrays aligned with them."""

    chain: Chain
    nodes: list[NodeRow]
    graph: ChainGraph
    facts: NodeFacts
    made: Makers
    figures: ChainFigures
    sourcing: Sourcing
    city: City
    synthetic: bool
    """Something in it is invented, as all of the demo is."""

    @cached_property
    def position(self) -> dict[str, int]:
        return {node.code: at for at, node in enumerate(self.nodes)}

    @cached_property
    def baseline(self) -> Baseline:
        """What a disruption starts from."""
        return baseline(self.graph, self.figures.supply.supply, self.figures.supply.demand, self.figures.barrier)

    @cached_property
    def indirect_losses(self) -> Floats:
        """What each enterprise of the city would cost others by stopping alone; worked out when first asked for."""
        return indirect_losses(self.baseline, self.made, self.city.ids.size)

    def parent_code(self, at: int) -> str | None:
        above = int(self.graph.parent[at])
        return None if above == NO_PARENT else self.nodes[above].code

    def leaves_below(self, at: int) -> list[int]:
        """The node itself when it is a leaf."""
        below = {at}
        for level in reversed(self.graph.levels_upwards):
            below |= {child for child in level.tolist() if int(self.graph.parent[child]) in below}
        return sorted(node for node in below if self.graph.is_leaf[node])


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
    """Everything at once: nine queries, whatever the number of chains."""
    with _one_moment():
        return _read_all()


def _read_all() -> dict[int, ChainPicture]:
    chains = list(Chain.objects.all())
    nodes = _by_chain(NodeRow(*row) for row in ChainNode.objects.order_by("id").values_list(*NodeRow._fields))
    edges = _by_chain(EdgeRow(*row) for row in ChainEdge.objects.order_by("id").values_list(*EdgeRow._fields))
    in_city = EnterpriseNode.objects.filter(enterprise__in_city=True).order_by("id")
    rows = [MakerRow(*row) for row in in_city.values_list(*MakerRow._fields)]
    invented = set(Source.objects.filter(synthetic=True).values_list("id", flat=True))
    city, shares, who = _city(rows)
    bought, nearby = _purchases(rows, [edge for of_chain in edges.values() for edge in of_chain], city.reference_year)
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        rows_of[row.node__chain_id].append(at)
    found = {}
    for chain in chains:
        mine = np.array(rows_of[chain.pk], dtype=np.int64)
        found[chain.pk] = _picture(
            chain,
            nodes[chain.pk],
            edges[chain.pk],
            who[mine],
            [rows[at].node_id for at in mine.tolist()],
            shares.share[mine],
            city,
            (bought, nearby),
            synthetic=not invented.isdisjoint(
                {node.source_id for node in nodes[chain.pk]}
                | {edge.source_id for edge in edges[chain.pk]}
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


def _city(rows: list[MakerRow]) -> tuple[City, Shares, Ints]:
    """The enterprises behind the rows, every row's share, and the position of its enterprise."""
    ids, who = np.unique(np.array([row.enterprise_id for row in rows], dtype=np.int64), return_inverse=True)
    shares = resolve_shares(who, np.array([row.share for row in rows], dtype=np.float64), ids.size)
    year = reference_year() or 0
    firms = Enterprise.objects.in_city().filter(pk__in=EnterpriseNode.objects.values("enterprise"))
    known = latest_figures(firms, reference=year)
    output_year = np.zeros(ids.size, dtype=np.int64)
    output_year[np.searchsorted(ids, known.enterprise)] = known.year
    return City(ids, known.of(ids), output_year, shares.scaled, year), shares, who.astype(np.int64)


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


def _picture(
    chain: Chain,
    nodes: list[NodeRow],
    edges: list[EdgeRow],
    who: Ints,
    at_nodes: list[int],
    share: Floats,
    city: City,
    bought: tuple[dict[int, float], dict[int, float]],
    *,
    synthetic: bool,
) -> ChainPicture:
    position = {node.id: at for at, node in enumerate(nodes)}
    graph = build_graph(
        np.array([NO_PARENT if node.parent_id is None else position[node.parent_id] for node in nodes], dtype=np.int64),
        np.array([position[edge.supplier_id] for edge in edges], dtype=np.int64),
        np.array([position[edge.customer_id] for edge in edges], dtype=np.int64),
        np.array([edge.coefficient for edge in edges], dtype=np.float64),
    )
    facts = NodeFacts(
        essential=np.array([node.essential for node in nodes], dtype=np.bool_),
        barrier=np.array([node.barrier for node in nodes], dtype=np.float64),
        import_share=np.array([node.import_share for node in nodes], dtype=np.float64),
        national_output=np.array([node.national_output for node in nodes], dtype=np.float64),
    )
    where = np.array([position[node] for node in at_nodes], dtype=np.int64)
    made = makers(who, where, share, city.output, len(nodes))
    figures = chain_figures(graph, facts, made)
    everywhere, nearby = (np.array([of.get(node.id, 0.0) for node in nodes], dtype=np.float64) for of in bought)
    sourcing = local_sourcing(everywhere, nearby, np.where(graph.is_leaf, figures.supply.demand, 0.0))
    return ChainPicture(chain, nodes, graph, facts, made, figures, sourcing, city, synthetic)
