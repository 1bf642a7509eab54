"""The firms of the city and beyond: who they are, what they make of which chain, and how much of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from democity.chains import Chains, Node
from democity.industries import OUTSIDE_CHAINS, is_manufacturing, is_rural
from democity.names import Names, credit_code
from democity.plane import Floats
from democity.randomness import spread, stream
from democity.sites import Sites

CITY, PREFIX = "370200", "青岛"
OTHER_CITIES = (
    ("深圳", "440300", 16), ("上海", "310000", 15), ("苏州", "320500", 14), ("宁波", "330200", 9), ("杭州", "330100", 9),
    ("无锡", "320200", 8), ("常州", "320400", 7), ("东莞", "441900", 8), ("广州", "440100", 8), ("北京", "110000", 8),
    ("天津", "120000", 5), ("合肥", "340100", 7), ("武汉", "420100", 6), ("长沙", "430100", 4), ("成都", "510100", 6),
    ("重庆", "500000", 6), ("西安", "610100", 4), ("济南", "370100", 7), ("烟台", "370600", 7), ("潍坊", "370700", 6),
    ("淄博", "370300", 4), ("大连", "210200", 4), ("沈阳", "210100", 3), ("南京", "320100", 6), ("佛山", "440600", 5),
    ("厦门", "350200", 4), ("株洲", "430200", 2), ("洛阳", "410300", 2), ("宁德", "350900", 1), ("芜湖", "340200", 3),
)  # fmt: skip
_MAKERS = {"strong": (24, 56), "balanced": (12, 30), "weak": (4, 9)}
"""Firms with yearly figures behind a node of each state, at full scale."""
_LEAST_OUTPUT = 2000.0
"""10k CNY: the threshold above which a firm reports (规模以上)."""


@dataclass
class Firm:
    """One enterprise; `output` is its latest, None where it reports none. `products` hold (chain, node, share or None)."""

    uscc: str
    name: str
    industry: str
    business: str
    in_city: bool
    home: str
    output: float | None
    place: Floats | None
    products: list[tuple[str, str, str, float | None]] = field(default_factory=list)
    """(chain, node, product, share)"""


Found = Callable[[str, str, bool, float | None], Firm]
"""Business, industry, in the city or not, output."""


def found_firms(seed: int, scale: float, chains: Chains, sites: Sites) -> list[Firm]:
    """Makers of every node first, then the rest of the city, then the makers outside."""
    rng = stream(seed, "firms")
    names = Names(rng)
    firms: list[Firm] = []

    def found(business: str, industry: str, in_city: bool, output: float | None) -> Firm:
        home = (PREFIX, CITY) if in_city else _elsewhere(rng)
        prefix = home[0] if not in_city or rng.random() < 0.93 else "山东"
        services = not is_manufacturing(industry) and not is_rural(industry)
        firm = Firm(
            credit_code(home[1], len(firms) + 1), names.firm(prefix, business, services), industry, business, in_city,
            home[0], output, sites.place(industry) if in_city else None,
        )  # fmt: skip
        firms.append(firm)
        return firm

    leaves = list(chains.leaves.values())
    supplying = [node for node in leaves if node.supply > 0]
    for node in supplying:
        for amount in _amounts(rng, scale, node):
            firm = found(node.name, node.industry, True, amount)
            firm.products.append((node.chain, node.code, _product(rng, node), 1.0))
    _second_products(rng, firms, supplying)
    for node, count in zip(supplying, spread(rng, round(5_500 * scale), _weights(supplying)), strict=True):
        for _ in range(count):
            firm = found(node.name, node.industry, True, None)
            firm.products.append((node.chain, node.code, _product(rng, node), None))
    rest = max(round(20_000 * scale) - len(firms), round(len(firms) * 0.4))
    with_figures = max(round(6_600 * scale) - sum(firm.output is not None for firm in firms), round(rest * 0.1))
    weights = np.array([weight for _, _, weight in OUTSIDE_CHAINS], dtype=float)
    for number, kind in enumerate(rng.choice(len(OUTSIDE_CHAINS), rest, p=weights / weights.sum())):
        industry, business, _ = OUTSIDE_CHAINS[int(kind)]
        output = _LEAST_OUTPUT + 2600 * rng.lognormal(0, 1.0) if number < with_figures else None
        found(business, industry, True, output)
    _outside(rng, scale, leaves, found)
    return firms


def _amounts(rng: Generator, scale: float, node: Node) -> np.ndarray:
    """What each reporting maker supplies; they add up to the node's supply."""
    low, high = _MAKERS[node.state]
    wanted = rng.uniform(low, high) * (node.supply / 120_000) ** 0.12
    count = max(2 if node.state == "weak" else 3, round(wanted * scale))
    count = int(np.clip(count, 1, max(1, node.supply / 600)))
    if node.single_source:
        count = max(2, min(count, 6))
        largest = rng.uniform(0.74, 0.92)
        others = rng.lognormal(0, 0.6, count - 1)
        return node.supply * np.concatenate([[largest], (1 - largest) * others / others.sum()])
    shares = rng.lognormal(0, 0.95 if count > 4 else 0.25, count)
    shares = np.minimum(shares, 0.55 * shares.sum()) if count > 2 else shares
    return np.asarray(node.supply * shares / shares.sum())


def _second_products(rng: Generator, firms: list[Firm], supplying: list[Node]) -> None:
    """One maker in six has a second product of its chain; small against what that node has, so that states hold."""
    room = {(node.chain, node.code): 0.08 * node.supply for node in supplying if _takes_more(node)}
    by_chain: dict[str, list[str]] = {}
    for chain, code in room:
        by_chain.setdefault(chain, []).append(code)
    names = {(node.chain, node.code): node for node in supplying}
    for firm in firms:
        chain, first, product, _ = firm.products[0]
        if rng.random() > 0.17 or firm.output is None or not by_chain.get(chain):
            continue
        second = by_chain[chain][int(rng.integers(len(by_chain[chain])))]
        share = float(np.round(rng.uniform(0.08, 0.25), 2))
        output = firm.output / (1 - share)
        if second == first or output * share > room[chain, second]:
            continue
        room[chain, second] -= output * share
        firm.output = output
        firm.products = [(chain, first, product, round(1 - share, 2))]
        given = share if rng.random() < 0.7 else None
        firm.products.append((chain, second, _product(rng, names[chain, second]), given))


def _takes_more(node: Node) -> bool:
    return node.state in ("strong", "balanced") and not node.single_source


def _outside(rng: Generator, scale: float, leaves: list[Node], found: Found) -> None:
    """Makers elsewhere, more of what the city lacks; a third report figures."""
    weights = np.array([{"missing": 2.4, "weak": 1.7, "absent": 1.3}.get(node.state, 0.7) for node in leaves])
    for node, count in zip(leaves, spread(rng, max(round(3_000 * scale), len(leaves)), weights), strict=True):
        for number in range(count):
            reports = number % 3 == 0
            size = max(node.national, 100_000) ** 0.5 * 60
            output = _LEAST_OUTPUT + size * rng.lognormal(0, 0.9) if reports else None
            firm = found(node.name, node.industry, False, output)
            share = None if rng.random() < 0.5 else float(np.round(rng.uniform(0.4, 1.0), 2))
            firm.products.append((node.chain, node.code, _product(rng, node), share))


def _weights(nodes: list[Node]) -> np.ndarray:
    return np.array([sum(_MAKERS[node.state]) for node in nodes], dtype=float)


_TRAITS = ("", "", "", "高端", "精密", "新型", "智能", "高性能", "节能型", "定制")


def _product(rng: Generator, node: Node) -> str:
    return f"{_TRAITS[int(rng.integers(len(_TRAITS)))]}{node.name}"


_CITY_CHANCES = np.array([weight for _, _, weight in OTHER_CITIES], dtype=float)
_CITY_CHANCES /= _CITY_CHANCES.sum()


def _elsewhere(rng: Generator) -> tuple[str, str]:
    name, adcode, _ = OTHER_CITIES[int(rng.choice(len(OTHER_CITIES), p=_CITY_CHANCES))]
    return name, adcode
