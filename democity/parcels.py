"""Standard-land parcels: lots of parks on offer, with declared indicators that hang together as those of a real city do."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from shapely.geometry import Polygon

from democity.parks import Park
from democity.randomness import spread, stream
from democity.seeds import table
from landparcels.publication.gate import REQUIRED

TODAY = date(2026, 9, 30)
"""The day the demo city describes."""
MU_PER_KM2 = 1500.0
STATUSES = (
    ("published", 0.60),
    ("reserved", 0.08),
    ("transferred", 0.20),
    ("draft", 0.07),
    ("submitted", 0.03),
    ("approved", 0.02),
)
MOST_OF_A_PARK = 0.45

_GRADE = {"outer": 0.0, "coastal": 0.5, "urban": 1.0}


@dataclass(frozen=True)
class Parcel:
    """One row of the kind `parcels`."""

    park: str
    lot: int
    outline: Polygon
    columns: dict[str, object]


def lay_parcels(seed: int, parks: list[Park], count: int) -> list[Parcel]:
    """`count` lots, from every park in step with its size."""
    rng = stream(seed, "parcels")
    shares = spread(rng, count, np.array([len(park.lots) ** 0.9 for park in parks]))
    ranges = {
        row["code"]: (float(row["min"]), float(row["typical"]), float(row["max"])) for row in table("indicator_ranges")
    }
    parcels = []
    for park, share in zip(parks, shares, strict=True):
        most = int(MOST_OF_A_PARK * len(park.lots)) or 1
        chosen = np.sort(rng.choice(len(park.lots), min(int(share), most), replace=False))
        readiness = rng.normal()
        for ordinal, lot in enumerate(chosen, 1):
            columns = _columns(rng, park, park.lots[int(lot)], ordinal)
            columns |= _declared(rng, ranges, park, str(columns["admits"]).split(";")[0], readiness)
            if columns["status"] != "draft":  # nothing incomplete comes before a reviewer, and nothing past one
                columns |= {code: ranges[code][1] for code in REQUIRED if code in ranges and columns[code] == ""}
            parcels.append(Parcel(park.code, int(lot), park.lots[int(lot)], columns))
    return parcels


def _columns(rng: Generator, park: Park, lot: Polygon, ordinal: int) -> dict[str, object]:
    status = str(rng.choice([name for name, _ in STATUSES], p=[share for _, share in STATUSES]))
    year = 2026 if status in ("draft", "submitted", "approved") or rng.random() < 0.6 else 2025
    admitted = rng.permutation(len(park.focus))[: int(rng.integers(1, len(park.focus) + 1))]
    admits = [park.focus[number] for number in sorted(admitted)]
    unstated = rng.random() < 0.05
    mode = str(rng.choice(["grant", "flexible", "lease_first", "lease"], p=[0.66, 0.17, 0.12, 0.05]))
    mu = lot.area * MU_PER_KM2
    columns: dict[str, object] = {
        "code": f"{park.district}-{park.code}-{year}-{ordinal:03d}",
        "name": f"{park.name} {ordinal:03d} 号地块",
        "land_use": {"low": "100101", "medium": "100102", "high": "100103"}[park.hazard],
        "admits": "" if unstated else ";".join(admits),
        "excludes": ";".join(_unwanted(rng, park)),
        "hazard_max": park.hazard,
        "divisible": int(mu > 120 and rng.random() < 0.7),
        "supply_mode": mode,
        "bid_start": "", "bid_deadline": "", "deposit": "", "price_step": "",
        "contact_office": f"{park.name}管理办公室（演示）",
        "contact_phone": f"0532-0000{int(rng.integers(0, 10_000)):04d}",
        "status": status,
        "planned_listing": "",
        "tenure_years": 20 if mode == "flexible" or (mode.startswith("lease") and rng.random() < 0.6) else
        (30 if rng.random() < 0.08 else 50),
    }  # fmt: skip
    if status in ("published", "reserved", "transferred"):
        start = TODAY + timedelta(days=int(rng.integers(-60, 45) if status == "published" else -rng.integers(70, 420)))
        columns["bid_start"], columns["bid_deadline"] = start.isoformat(), (start + timedelta(days=30)).isoformat()
    else:
        columns["planned_listing"] = (TODAY + timedelta(days=int(rng.integers(20, 300)))).isoformat()
    return columns


def _unwanted(rng: Generator, park: Park) -> list[str]:
    """Polluting industries that the park shuts out; never one that it was made for."""
    if park.hazard == "high":
        return []
    some = _EXCLUDED[: int(rng.integers(1, len(_EXCLUDED) + 1))]
    return [code for code in some if not code.startswith(park.focus)]


_EXCLUDED = ["2511", "301", "311", "312", "1713"]


def _declared(
    rng: Generator, ranges: dict[str, tuple[float, float, float]], park: Park, leading: str, readiness: float
) -> dict[str, object]:
    """The 21 declared indicators; "" is unknown. Intensity drives output, output drives tax."""
    place = _GRADE[park.grade]
    kind = _kind(leading)
    heavy = kind in ("chemicals", "metals")

    def between(code: str, value: float, decimals: int = 0, unknown: float = 0.02) -> object:
        if rng.random() < unknown:
            return ""
        low, _, high = ranges[code]
        value = round(float(np.clip(value, low, high)), decimals)
        return int(value) if decimals == 0 else value

    intensity = float(np.clip((230 + 210 * place) * _INTENSITY[kind] * rng.lognormal(0, 0.16), 180, 900))
    output = float(np.clip(intensity * rng.uniform(1.2, 1.8), 220, 1800))
    far_min = float(
        np.clip((rng.uniform(0.6, 0.8) if heavy else rng.uniform(1.0, 1.5) + 0.2 * (kind == "electronics")), 0.6, 2.0)
    )
    far_max = float(np.clip(far_min + rng.uniform(0.4, 1.0) + 0.8 * (kind == "electronics"), 1.0, 3.5))
    price = (
        (12 + rng.gamma(3.0, 1.6))
        if place == 0
        else (23 + rng.gamma(3.0, 3.0))
        if place < 1
        else (50 + rng.gamma(2.5, 6))
    )
    near_airport = park.code in ("JDLK", "SHAO", "LGZ", "JBEI")
    height = rng.uniform(18, 36) if near_airport else rng.choice([24, 30, 36, 40, 50, 60, 80])
    old = rng.random() < 0.15
    coefficient = rng.choice([30, 35]) if old else rng.choice([40, 40, 40, 45, 50])
    levels = np.clip(round(2 + readiness * 0.7 + place + rng.normal(0, 0.5)), 0, 3)
    price = float(np.clip(price, *ranges["start_price"][::2]))
    energy, cod, nox = _ENERGY[kind], _COD[kind], _NOX[kind]
    return {
        "far_min": between("far_min", far_min, 1),
        "far_max": between("far_max", max(far_max, round(far_min, 1)), 1),
        "building_coefficient_min": between("building_coefficient_min", coefficient),
        "green_ratio_max": between("green_ratio_max", rng.choice([10, 15, 15, 20, 20])),
        "building_height_max": between("building_height_max", height, unknown=0.20),
        "office_land_ratio_max": between("office_land_ratio_max", 7 if rng.random() < 0.94 else 5),
        "investment_intensity_min": between("investment_intensity_min", intensity),
        "output_per_mu_min": between("output_per_mu_min", output),
        "tax_per_mu_min": between("tax_per_mu_min", output * rng.uniform(0.04, 0.06), 1),
        "energy_per_value_added_max": between("energy_per_value_added_max", energy * rng.lognormal(0, 0.2), 2),
        "cod_per_value_added_max": between("cod_per_value_added_max", cod * rng.lognormal(0, 0.25), 2, 0.04),
        "nox_per_value_added_max": between("nox_per_value_added_max", nox * rng.lognormal(0, 0.25), 2, 0.10),
        "water_per_value_added_max": between("water_per_value_added_max", _WATER[kind] * rng.lognormal(0, 0.25), 1, 0.04),
        "rd_intensity_min": between("rd_intensity_min", (1.4 + 1.6 * place + (kind == "electronics")) * rng.lognormal(0, 0.2), 1),
        "jobs_per_mu_min": between("jobs_per_mu_min", 2.0 * rng.lognormal(0, 0.45), 1, 0.45 if heavy else 0.08),
        "start_price": between("start_price", price, 1, 0),
        "services_level": "" if rng.random() < 0.03 else int(3 + 2 * levels),
        "construction_months_max": between("construction_months_max", rng.choice([12, 18, 24, 24, 30, 36])),
        "ramp_up_months_max": between("ramp_up_months_max", rng.choice([6, 12, 18, 24, 24, 36])),
        "regional_assessments": between("regional_assessments", 6.5 + 1.6 * readiness + rng.normal(0, 0.7)),
        "deposit": round(price * 0.2) * 10 if rng.random() < 0.85 else "",
        "price_step": int(rng.choice([5, 10, 20])) if rng.random() < 0.85 else "",
    }  # fmt: skip


def _kind(leading: str) -> str:
    for kind, prefixes in _KINDS.items():
        if leading.startswith(prefixes):
            return kind
    return "machinery"


_KINDS = {
    "chemicals": ("25", "26", "28"), "metals": ("30", "31", "32"), "electronics": ("39", "40", "64", "65", "358"),
    "food": ("13", "14", "15", "17", "27", "22"), "machinery": ("29", "3"),
}  # fmt: skip
_INTENSITY = {"chemicals": 1.35, "metals": 1.0, "electronics": 1.35, "food": 0.85, "machinery": 1.0}
_ENERGY = {"chemicals": 1.25, "metals": 0.95, "electronics": 0.10, "food": 0.32, "machinery": 0.24}
_COD = {"chemicals": 0.30, "metals": 0.08, "electronics": 0.08, "food": 0.75, "machinery": 0.10}
_NOX = {"chemicals": 0.55, "metals": 0.60, "electronics": 0.03, "food": 0.10, "machinery": 0.08}
_WATER = {"chemicals": 14.0, "metals": 8.0, "electronics": 6.0, "food": 14.0, "machinery": 4.5}
