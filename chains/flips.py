"""The smallest change of one input that turns a verdict on a node into another (METHODS 4), for the node drawer.

Each verdict is a step function of each of its inputs, all others held. The places where it can step are known, so the
verdict is asked at each of them and just beside it, and the nearest place with another answer wins. Changes of money are
compared by their size against the larger of supply and demand, shares as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chains.verdicts import DEFAULT_THRESHOLDS, State, Thresholds

_DUST = 1e-12


@dataclass(frozen=True)
class NodeInputs:
    """One leaf: everything its verdicts rest on. None where unknown; money in 10k CNY."""

    supply: float
    demand: float
    essential: bool
    largest: float
    """Amount of the largest supplier."""
    supply_elsewhere: float
    """Supply of the chain's other nodes."""
    supply_elsewhere_rated: float
    """The part of it in nodes with a national output."""
    national_share: float | None
    """The node's part of the chain's national output."""
    downstream: float
    """Supply reachable downstream, the node's own left out."""
    barrier: float | None
    import_share: float | None


@dataclass(frozen=True)
class Flip:
    """`input` goes from `now` to `at` (beyond it where `beyond`), and the verdict `becomes` another."""

    input: str
    now: float
    at: float
    beyond: bool
    becomes: str
    size: float


def smallest_state_flip(node: NodeInputs, limits: Thresholds = DEFAULT_THRESHOLDS) -> Flip | None:
    """The least change of supply or demand, and failing that of `essential`, that gives the node another state."""
    supply, demand = node.supply, node.demand
    scale = max(supply, demand)

    def by_supply(value: float) -> str:
        return _state(node, value, demand, limits)

    def by_demand(value: float) -> str:
        return _state(node, supply, value, limits)

    flips = [
        *_nearest("supply", supply, scale, by_supply, _supply_steps(node, limits)),
        *_nearest("demand", demand, scale, by_demand, [0.0, supply, supply / limits.weak_rate]),
    ]
    if not flips and supply <= 0:
        return Flip(
            "essential",
            float(node.essential),
            float(not node.essential),
            False,
            State.ABSENT if node.essential else State.MISSING,
            1.0,
        )
    return min(flips, key=_nearness, default=None)


def smallest_chokepoint_flip(node: NodeInputs, limits: Thresholds = DEFAULT_THRESHOLDS) -> Flip | None:
    """The least change of supply, import share or barrier that sets or lifts the chokepoint flag."""
    recorded_barrier = limits.unknown_barrier if node.barrier is None else node.barrier
    dependence = _dependence(node, node.supply)
    critical = _criticality(node, node.supply)

    def flag(risk: float) -> str:
        return "chokepoint" if risk >= limits.chokepoint - _DUST else "no_chokepoint"

    flips = _nearest(
        "barrier",
        recorded_barrier,
        1.0,
        lambda barrier: flag(critical * dependence * barrier),
        _shares(limits.chokepoint, critical * dependence),
    )
    if node.import_share is not None:
        flips += _nearest(
            "import_share",
            node.import_share,
            1.0,
            lambda share: flag(critical * share * recorded_barrier),
            _shares(limits.chokepoint, critical * recorded_barrier),
        )
    else:
        flips += _nearest(
            "supply",
            node.supply,
            max(node.supply, node.demand),
            lambda supply: flag(_criticality(node, supply) * _dependence(node, supply) * recorded_barrier),
            _chokepoint_supplies(node, recorded_barrier, limits.chokepoint),
        )
    return min(flips, key=_nearness, default=None)


def smallest_single_source_flip(node: NodeInputs, limits: Thresholds = DEFAULT_THRESHOLDS) -> Flip | None:
    """The least change of the largest supplier's amount or of all others' that sets or lifts the single-source flag."""
    if node.supply <= 0:
        return None
    largest, others = node.largest, node.supply - node.largest
    part = limits.single_source

    def flag(largest: float, others: float) -> str:
        total = largest + others
        return "single_source" if total > 0 and largest / total >= part - _DUST else "several_sources"

    flips = _nearest(
        "largest_supplier",
        largest,
        node.supply,
        lambda amount: flag(amount, others),
        [others * part / (1 - part)] if part < 1 else [],
    ) + _nearest(
        "other_suppliers", others, node.supply, lambda amount: flag(largest, amount), [largest * (1 - part) / part]
    )
    return min(flips, key=_nearness, default=None)


def _state(node: NodeInputs, supply: float, demand: float, limits: Thresholds) -> str:
    if supply <= 0:
        return State.MISSING if demand > 0 or node.essential else State.ABSENT
    if demand > 0 and supply / demand < limits.weak_rate - _DUST:
        return State.WEAK
    satisfied = demand <= 0 or supply / demand >= 1 - _DUST
    if satisfied and _lq(node, supply) >= limits.strong_lq - _DUST:
        return State.STRONG
    return State.BALANCED


def _lq(node: NodeInputs, supply: float) -> float:
    if not node.national_share:
        return -math.inf
    return supply / (supply + node.supply_elsewhere_rated) / node.national_share


def _supply_steps(node: NodeInputs, limits: Thresholds) -> list[float]:
    steps = [0.0, limits.weak_rate * node.demand, node.demand]
    wanted = limits.strong_lq * (node.national_share or math.inf)  # share of the chain's supply that makes it strong
    if wanted < 1:
        steps.append(wanted * node.supply_elsewhere_rated / (1 - wanted))
    return steps


def _criticality(node: NodeInputs, supply: float) -> float:
    total = supply + node.supply_elsewhere
    return min(1.0, (supply + node.downstream) / total) if total > 0 else 0.0


def _dependence(node: NodeInputs, supply: float) -> float:
    if node.import_share is not None:
        return node.import_share
    return max(0.0, 1 - supply / node.demand) if node.demand > 0 else 0.0


def _chokepoint_supplies(node: NodeInputs, barrier: float, limit: float) -> list[float]:
    """Supplies S with (downstream + S)/(elsewhere + S) · (1 − S/D) · B = limit: a quadratic in S."""
    demand = node.demand
    if demand <= 0 or barrier <= 0:
        return []
    ratio = limit / barrier
    # S² + (downstream − D + ratio·D)·S + D·(ratio·elsewhere − downstream) = 0
    half = (node.downstream - demand + ratio * demand) / 2
    inside = half**2 - demand * (ratio * node.supply_elsewhere - node.downstream)
    if inside < 0:
        return []
    return [supply for supply in (-half - math.sqrt(inside), -half + math.sqrt(inside)) if 0 <= supply <= demand]


def _shares(limit: float, factor: float) -> list[float]:
    return [limit / factor] if factor > 0 and limit / factor <= 1 else []


def _nearest(
    name: str, now: float, scale: float, verdict: Callable[[float], str], steps: Iterable[float]
) -> list[Flip]:
    """The nearest place where the verdict is another, as a list of at most one."""
    current, flips = verdict(now), []
    for step in steps:
        aside = 1e-6 * max(1e-3, scale, step)
        for at, beyond in ((step, False), (step + aside, True), (step - aside, True)):
            if at < 0 or (becomes := verdict(at)) == current:
                continue
            flips.append(Flip(name, now, step, beyond, becomes, abs(step - now) / (scale or 1.0)))
            break
    return sorted(flips, key=_nearness)[:1]


def _nearness(flip: Flip) -> tuple[float, bool]:
    """Of two changes of one size the growth comes first: it is the one that can be worked for."""
    return round(flip.size, 9), flip.at < flip.now
