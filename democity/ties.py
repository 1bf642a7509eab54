"""Who buys from whom: recorded supply ties along the edges of the chains, within the city and from outside."""

import numpy as np

from democity.chains import Chains
from democity.firms import Firm
from democity.randomness import spread, stream

YEAR = 2025
_COVERED = (0.0, 0.12, 0.40, 0.65)
"""Share of a node's demand whose purchases are recorded; above 0.3 the recorded local sourcing is shown."""
_COVERED_CHANCES = (0.35, 0.25, 0.25, 0.15)

Tie = tuple[str, str, int, object]


def record_ties(seed: int, count: int, chains: Chains, firms: list[Firm]) -> list[Tie]:
    """(supplier, customer, year, amount); each pair once. Some amounts are unknown."""
    rng = stream(seed, "ties")
    inside: dict[tuple[str, str], list[Firm]] = {}
    outside: dict[tuple[str, str], list[Firm]] = {}
    for firm in firms:
        for chain, node, _, _ in firm.products:
            (inside if firm.in_city else outside).setdefault((chain, node), []).append(firm)
    edges = [
        edge
        for edge in chains.edges
        if any(firm.output for firm in inside.get((edge["chain"], edge["target"]), []))
        and (inside.get((edge["chain"], edge["source"])) or outside.get((edge["chain"], edge["source"])))
    ]
    covered = {
        key: float(rng.choice(_COVERED, p=_COVERED_CHANCES)) for key in ((e["chain"], e["source"]) for e in edges)
    }
    weights = np.array([0.3 + covered[edge["chain"], edge["source"]] for edge in edges])
    ties: dict[tuple[str, str], Tie] = {}
    for edge, share in zip(edges, spread(rng, round(1.12 * count), weights), strict=True):
        source, target = (edge["chain"], edge["source"]), (edge["chain"], edge["target"])
        made = chains.leaves[source]
        local = min(0.95, 0.85 * made.supply / made.demand) if made.demand else 0.5
        near, far = inside.get(source, []), outside.get(source, [])
        customers = [firm for firm in inside[target] if firm.output]
        edges_out = sum(other["chain"] == source[0] and other["source"] == source[1] for other in edges)
        total = covered[source] * made.demand / max(edges_out, 1)
        parts = rng.lognormal(0, 0.9, max(int(share), 1))
        for part in parts / parts.sum():
            pool = near if near and (not far or rng.random() < local) else far
            supplier = pool[int(rng.integers(len(pool)) * rng.random())]
            customer = customers[int(rng.integers(len(customers)) * rng.random())]
            if supplier is customer:
                continue
            amount: object = round(float(part * total), 1) if total and rng.random() < 0.93 else ""
            ties[supplier.uscc, customer.uscc] = (supplier.uscc, customer.uscc, YEAR, amount)
    return list(ties.values())[:count]


BRANCHES = 60


def branches(seed: int, firms: list[Firm]) -> dict[str, str]:
    """Some firms of the city are branches of makers elsewhere: identifier of the branch to that of its parent."""
    rng = stream(seed, "branches")
    outside = [firm for firm in firms if not firm.in_city and firm.products]
    own = [firm for firm in firms if firm.in_city and firm.output and not firm.products]
    count = min(BRANCHES, len(outside), len(own))
    children = rng.choice(len(own), count, replace=False).tolist()
    parents = rng.choice(len(outside), count, replace=False).tolist()
    return {own[child].uscc: outside[parent].uscc for child, parent in zip(children, parents, strict=True)}


_SAYINGS = {
    "expansion": "拟扩建生产线，正在比选落户城市（演示）", "financing": "完成新一轮融资，用于扩大产能（演示）",
    "relocation": "现有厂房受限，计划整体搬迁（演示）", "lease_end": "厂房租约一年内到期（演示）", "bid": "中标大额订单，产能吃紧（演示）",
}  # fmt: skip


def hear_signals(seed: int, count: int, firms: list[Firm]) -> list[tuple[str, str, str, str, str]]:
    """(uscc, date, kind, text, source) mostly of firms elsewhere: who may be ready to move."""
    rng = stream(seed, "signals")
    outside = [firm for firm in firms if not firm.in_city]
    own = [firm for firm in firms if firm.in_city and firm.output]
    heard: dict[tuple[str, str, str], tuple[str, str, str, str, str]] = {}
    for _ in range(count):
        pool = outside if rng.random() < 0.75 else own
        firm = pool[int(rng.integers(len(pool)))]
        kind = str(rng.choice(list(_SAYINGS), p=[0.34, 0.22, 0.16, 0.12, 0.16]))
        day = f"2026-{rng.integers(1, 10):02d}-{rng.integers(1, 29):02d}"
        heard[firm.uscc, day, kind] = (firm.uscc, day, kind, _SAYINGS[kind], "产业监测（演示）")
    return list(heard.values())
