"""Projects: most look for a place, some have one and draw on what is around it."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from democity.chains import Chains, Node
from democity.names import Names
from democity.parcels import MU_PER_KM2, TODAY, Parcel
from democity.plane import Floats
from democity.policy import UNIT_NEEDS
from democity.randomness import stream

_HAZARD = {
    "chemicals": "high",
    "metals": "medium",
    "electronics": "low",
    "machinery": "low",
    "food": "low",
    "services": "none",
}
_WANTED = {"missing": 5.0, "weak": 3.0, "absent": 1.5, "balanced": 1.0, "strong": 0.8}


@dataclass(frozen=True)
class Project:
    """One row of the kind `projects`; the place is on the sheet, None while it is sought."""

    columns: dict[str, object]
    place: Floats | None


def plan_projects(seed: int, count: int, chains: Chains, parcels: list[Parcel]) -> list[Project]:
    """Three in ten are committed, on parcels that were transferred; of the rest half have a first idea where."""
    rng = stream(seed, "projects")
    names = Names(rng)
    nodes = [node for node in chains.leaves.values() if "13" <= node.industry[:2] <= "65"]
    weights = np.array([_WANTED[node.state] for node in nodes])
    transferred = [parcel for parcel in parcels if parcel.columns["status"] == "transferred"]
    offered = [parcel for parcel in parcels if parcel.columns["status"] in ("published", "reserved")]
    projects = []
    for number in range(count):
        committed = number < round(0.3 * count) and bool(transferred)
        node = nodes[int(rng.choice(len(nodes), p=weights / weights.sum()))]
        home = _that_admit(node, transferred if committed else offered)
        parcel = home[int(rng.integers(len(home)))] if committed or rng.random() < 0.5 else None
        columns = _columns(rng, names, number, node, parcel.outline.area * MU_PER_KM2 if parcel else None)
        columns["status"] = "committed" if committed else "planned"
        day = TODAY - timedelta(days=int(rng.integers(5, 700)))
        columns["committed_on"] = day.isoformat() if committed else ""
        place = np.asarray(parcel.outline.centroid.coords[0]) if parcel else None
        projects.append(Project(columns, place))
    return projects


def _that_admit(node: Node, parcels: list[Parcel]) -> list[Parcel]:
    """Parcels that take the hazard, those made for the industry if there are any."""
    order = ("none", "low", "medium", "high")
    hazard = order.index(_HAZARD[kind_of(node.industry)])
    safe = [parcel for parcel in parcels if order.index(str(parcel.columns["hazard_max"])) >= hazard]
    meant = [
        parcel
        for parcel in safe
        if any(node.industry.startswith(prefix) for prefix in str(parcel.columns["admits"]).split(";") if prefix)
    ]
    return meant or safe or parcels


def _columns(rng: np.random.Generator, names: Names, number: int, node: Node, mu: float | None) -> dict[str, object]:
    kind = kind_of(node.industry)
    land = float(np.round(mu if mu else np.clip(rng.lognormal(4.4, 0.6), 25, 420), 1))
    intensity = {"chemicals": 460, "metals": 330, "electronics": 620, "services": 560}.get(kind, 360) * rng.lognormal(
        0, 0.25
    )
    investment = round(land * intensity, -2)
    power, water, gas, sewage, steam, jobs, _ = UNIT_NEEDS[kind]
    hundred_million = investment / 10_000
    firm = names.firm("", node.name).split("有限")[0].removesuffix("股份").removesuffix("科技").removesuffix("实业")

    def amount(per: float, decimals: int = 0) -> float:
        return float(np.round(per * hundred_million * rng.lognormal(0, 0.3), decimals))

    year, month = 24 + int(rng.integers(0, 3)), int(rng.integers(1, 10))
    return {
        "code": f"{year}{month:02d}-370200-{rng.integers(4, 5):02d}-01-{100_000 + 7919 * (number + 1) % 899_999:06d}",
        "name": f"{firm}项目",
        "node": f"{node.chain}/{node.code}",
        "investment": investment,
        "land_mu": land,
        "jobs": int(max(20, np.round(jobs * land * rng.lognormal(0, 0.25)))),
        "hazard": _HAZARD[kind],
        "power_mva": amount(power, 1),
        "water_m3d": amount(water),
        "gas_m3h": amount(gas) if rng.random() < 0.8 else "",
        "sewage_m3d": amount(sewage),
        "steam_th": amount(steam, 1) if steam and rng.random() < 0.7 else "",
    }


def kind_of(industry: str) -> str:
    """The kind of plant behind an industry."""
    division = industry[:2]
    if division in {"25", "26", "28"}:
        return "chemicals"
    if division in {"30", "31", "32", "33"}:
        return "metals"
    if division in {"39", "40"} or industry.startswith(("384", "358")):
        return "electronics"
    if division in {"13", "14", "15", "17", "18", "19", "27"}:
        return "food"
    return "machinery" if division < "44" else "services"
