"""The demo's industrial chains: what each node supplies so that its state comes out as the seed table means it."""

from dataclasses import dataclass

import numpy as np

from democity.randomness import stream
from democity.seeds import table

Rates = dict[str, tuple[float, float]]
_RATE: Rates = {"strong": (1.05, 1.8), "balanced": (0.68, 1.25), "weak": (0.10, 0.48)}
"""Local supply over local demand."""
_LQ: Rates = {"strong": (1.75, 3.6), "balanced": (0.45, 1.3), "weak": (0.20, 0.9)}
_FINAL: Rates = {"strong": (0.10, 0.22), "balanced": (0.03, 0.08), "weak": (0.01, 0.03)}
"""Supply of a node without users in its chain, as a share of the chain's size."""
_STANDING = {"downstream": 0.8, "midstream": 0.25, "upstream": 0.10}
"""How much of that a node with users sells beyond its chain anyway."""
CITY_SHARE_OF_NATION = 0.02
ROUNDS = 80


@dataclass(frozen=True)
class Node:
    """A leaf of a chain as the demo means it; money in 10k CNY a year."""

    chain: str
    code: str
    name: str
    industry: str
    state: str
    single_source: bool
    supply: float
    demand: float
    national: float


@dataclass(frozen=True)
class Chains:
    """Rows for the three chain kinds, and what firms have to supply."""

    node_rows: list[dict[str, str]]
    edges: list[dict[str, str]]
    leaves: dict[tuple[str, str], Node]


def lay_chains(seed: int) -> Chains:
    """All thirteen chains, whatever the scale."""
    rows, edges = table("chain_nodes"), table("chain_edges")
    leaves: dict[tuple[str, str], Node] = {}
    names = {row["chain"]: row for row in table("chains")}
    for chain, about in names.items():
        own = [row for row in rows if row["chain"] == chain and row["industry"]]
        drawn = _balance(seed, own, [edge for edge in edges if edge["chain"] == chain], float(about["supply"]))
        leaves |= {(chain, node.code): node for node in drawn}
    node_rows = []
    for row in rows:
        leaf = leaves.get((row["chain"], row["node"]))
        node_rows.append(
            {
                "chain": row["chain"],
                "chain_name": names[row["chain"]]["name"],
                "chain_name_en": names[row["chain"]]["name_en"],
                **{key: row[key] for key in ("node", "name", "name_en", "stage", "parent", "essential")},
                "barrier": row["barrier"] if leaf else "",
                "import_share": row["import_share"] if leaf else "",
                "national_output": f"{leaf.national:.0f}" if leaf and leaf.national else "",
            }
        )
    return Chains(node_rows, edges, leaves)


def _balance(seed: int, rows: list[dict[str, str]], edges: list[dict[str, str]], size: float) -> list[Node]:
    """Supplies that fit together: Gauss–Seidel over the graph, cycles included; then national outputs to match."""
    rng = stream(seed, f"chain {rows[0]['chain']}")
    at = {row["node"]: number for number, row in enumerate(rows)}
    states = [row["state"] for row in rows]
    source, target = [at[edge["source"]] for edge in edges], [at[edge["target"]] for edge in edges]
    into = np.bincount(target, minlength=len(rows))
    coefficient = np.array(
        [float(edge["coefficient"]) if edge["coefficient"] else 0.5 / into[at[edge["target"]]] for edge in edges]
    )
    rate = np.array([rng.uniform(*_RATE[state]) if state in _RATE else 0.0 for state in states])
    final = np.bincount(source, minlength=len(rows)) == 0
    standing = np.array([1.0 if last else _STANDING[row["stage"]] for last, row in zip(final, rows, strict=True)])
    standing[(np.array(states) == "weak") & ~final] = 0.0  # a weak node is held down by its demand alone
    floor = np.array([rng.uniform(*_FINAL[state]) if state in _FINAL else 0.0 for state in states]) * size * standing
    supply = floor.copy()
    for _ in range(ROUNDS):
        demand = np.bincount(source, coefficient * supply[target], len(rows))
        unasked = np.array([state in ("balanced", "weak") for state in states]) & (demand == 0)
        supply = np.maximum(rate * demand, np.where(unasked, 0.01 * size, floor))
    supply *= size / supply.sum()
    demand = np.bincount(source, coefficient * supply[target], len(rows))
    national = _national(rng, states, supply, demand)
    return [
        Node(
            row["chain"], row["node"], row["name"], row["industry"], row["state"], row["single_source"] == "1",
            float(supply[number]), float(demand[number]), float(national[number]),
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


def _national(rng: np.random.Generator, states: list[str], supply: np.ndarray, demand: np.ndarray) -> np.ndarray:
    """National outputs for which the location quotients fall where the states want them.

    With N = S / t, the quotient of each node is t times ΣN / ΣS; nodes without supply take up what is left of ΣS.
    """
    wanted = np.array([rng.uniform(*_LQ[state]) if state in _LQ else np.nan for state in states])
    national = np.where(np.isnan(wanted), 0.0, supply / np.where(np.isnan(wanted), 1.0, wanted))
    without = np.isnan(wanted)
    left = supply.sum() - national.sum()
    if without.any():
        weights = (demand[without] + 0.002 * supply.sum()) * rng.uniform(0.6, 1.6, without.sum())
        national[without] = max(left, 0.04 * supply.sum()) * weights / weights.sum()
    return np.asarray(np.round(national / CITY_SHARE_OF_NATION, -2))
