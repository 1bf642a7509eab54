"""One chain as arrays with its figures, and what is worked out of it when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from chains.confidence import NodeAssumptions, assumptions, confidence_in_states
from chains.disruption import Baseline, baseline, indirect_losses
from chains.figures import ChainFigures, NodeFacts, chain_figures
from chains.graph import NO_PARENT, Bools, ChainGraph, Floats, Ints, build_graph
from chains.models import Chain
from chains.sourcing import Sourcing, local_sourcing
from chains.supply import Makers
from chains.thresholds import Limits


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
class Purchases:
    """Recorded purchases of the city's firms per node, 10k CNY."""

    everywhere: Floats
    nearby: Floats


@dataclass(frozen=True)
class ChainPicture:
    """One chain: its nodes in the order they were loaded, and arrays aligned with them."""

    chain: Chain
    nodes: list[NodeRow]
    graph: ChainGraph
    facts: NodeFacts
    made: Makers
    figures: ChainFigures
    purchases: Purchases
    city: City
    limits: Limits
    """What its verdicts were made with."""
    synthetic: bool
    """Something in it is invented, as all of the demo is."""

    @cached_property
    def position(self) -> dict[str, int]:
        return {node.code: at for at, node in enumerate(self.nodes)}

    @cached_property
    def sourcing(self) -> Sourcing:
        demand = np.where(self.graph.is_leaf, self.figures.supply.demand, 0.0)
        return local_sourcing(self.purchases.everywhere, self.purchases.nearby, demand)

    @cached_property
    def assumed(self) -> NodeAssumptions:
        """How much of what the verdicts rest on is assumed."""
        supply, facts = self.figures.supply, self.facts
        return assumptions(
            self.graph,
            self.made,
            supply.supply,
            supply.demand,
            facts.barrier,
            facts.import_share,
            facts.national_output,
        )

    @cached_property
    def confidence(self) -> Floats:
        """In the state of each node; NaN at parents."""
        return confidence_in_states(self.assumed, self.figures.supply.supply)

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


def draw(
    chain: Chain, nodes: list[NodeRow], graph: ChainGraph, made: Makers, purchases: Purchases, city: City,
    limits: Limits, *, synthetic: bool,
) -> ChainPicture:  # fmt: skip
    """The figures of a chain from its graph and who makes what in it."""
    facts = NodeFacts(
        essential=np.array([node.essential for node in nodes], dtype=np.bool_),
        barrier=np.array([node.barrier for node in nodes], dtype=np.float64),
        import_share=np.array([node.import_share for node in nodes], dtype=np.float64),
        national_output=np.array([node.national_output for node in nodes], dtype=np.float64),
    )
    figures = chain_figures(graph, facts, made, limits.values)
    return ChainPicture(chain, nodes, graph, facts, made, figures, purchases, city, limits, synthetic)


def graph_of(nodes: Sequence[NodeRow], supplier: Ints, customer: Ints, coefficient: Floats) -> ChainGraph:
    """Suppliers and customers are keys of the nodes, which come in the order of their keys."""
    keys = np.array([node.id for node in nodes], dtype=np.int64)
    above = np.array([NO_PARENT if node.parent_id is None else node.parent_id for node in nodes], dtype=np.int64)
    parent = np.where(above == NO_PARENT, NO_PARENT, np.searchsorted(keys, above))
    return build_graph(parent, np.searchsorted(keys, supplier), np.searchsorted(keys, customer), coefficient)


def at_year(picture: ChainPicture, year: int, output: Floats, output_year: Ints) -> ChainPicture:
    """The chain with `year` for a reference year and the outputs of the city's enterprises that counted then; graph, shares,
    purchases and thresholds stay today's."""
    city = City(picture.city.ids, output, output_year, picture.city.share_scaled, year)
    made = replace(picture.made, amount=picture.made.share * output[picture.made.enterprise])
    return draw(
        picture.chain, picture.nodes, picture.graph, made, picture.purchases, city, picture.limits,
        synthetic=picture.synthetic,
    )  # fmt: skip


def part_of(picture: ChainPicture, keep: Ints) -> ChainPicture:
    """The leaves at `keep` (ascending) as a chain of their own: every figure is of what is shown (METHODS 4)."""
    graph, made = picture.graph, picture.made
    place = np.full(graph.size, -1, dtype=np.int64)
    place[keep] = np.arange(keep.size)
    inside = (place[graph.source] >= 0) & (place[graph.target] >= 0)
    here = place[made.node] >= 0
    return draw(
        picture.chain,
        [picture.nodes[at]._replace(parent_id=None) for at in keep.tolist()],
        build_graph(
            np.full(keep.size, NO_PARENT, dtype=np.int64),
            place[graph.source[inside]],
            place[graph.target[inside]],
            np.where(graph.assumed[inside], np.nan, graph.coefficient[inside]),
        ),
        Makers(
            made.enterprise[here], place[made.node[here]], made.share[here], made.amount[here],
            None if made.divided is None else made.divided[here],
        ),
        Purchases(picture.purchases.everywhere[keep], picture.purchases.nearby[keep]),
        picture.city,
        picture.limits,
        synthetic=picture.synthetic,
    )  # fmt: skip
