"""What firms report year by year, and what they are in consequence: size, land, rating, honours."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from democity.firms import Firm
from democity.industries import profile_of
from democity.randomness import stream

LAST_YEAR = 2025
MEDIAN_TAX_PER_MU, LEADERS_TAX_PER_MU = 3.0, 18.0
"""10k CNY; the leaders are the best twentieth."""
_SPREAD = float(np.log(LEADERS_TAX_PER_MU / MEDIAN_TAX_PER_MU) / 1.645)
BLANK = 0.05
"""Share of cells that a firm left out."""
YEAR_COLUMNS = (
    "output", "value_added", "revenue", "profit", "tax", "employees", "rd", "investment", "patents", "energy_tce",
    "water_m3", "cod_kg", "nox_kg", "power_kwh",
)  # fmt: skip


@dataclass
class Standing:
    """What the list of enterprises says of one firm."""

    founded: str
    scale: str
    listed: bool
    honours: str
    rating: str
    land_mu: float | None


def report_years(seed: int, firms: list[Firm]) -> tuple[list[list[object]], list[Standing]]:
    """(rows of enterprise_years: uscc, year, YEAR_COLUMNS; a standing per firm, in their order)."""
    rng = stream(seed, "figures")
    rows: list[list[object]] = []
    standings = []
    reporting = [firm for firm in firms if firm.output is not None and firm.in_city]
    largest = _largest_of_chains(reporting)
    cutoffs = np.exp(
        np.log(MEDIAN_TAX_PER_MU) + _SPREAD * np.array([1.04, 0.25, -1.04])
    )  # 15 %, 40 %, 85 % from the top
    for firm in firms:
        if firm.output is None:
            standings.append(_small(rng, firm))
            continue
        tax_per_mu = _tax_per_mu(rng, firm.output)
        own, tax, employees, rd_share = _years(rng, firm)
        rows += own
        land = float(np.round(np.clip(tax / tax_per_mu, 2, 9000), 1))
        rating = "ABCD"[int((tax_per_mu < cutoffs).sum())] if firm.in_city and rng.random() < 0.93 else ""
        honours = _honours(rng, firm, rd_share, employees, firm.uscc in largest)
        listed = firm.output > 60_000 and rng.random() < (0.05 if firm.in_city else 0.25)
        founded = f"{int(2024 - rng.gamma(2.6, 5.2)) if rng.random() > 0.01 else 1978}-{rng.integers(1, 13):02d}-"
        founded = f"{max(int(founded[:4]), 1958)}{founded[4:]}{rng.integers(1, 29):02d}"
        keeps_land = firm.in_city and rng.random() < 0.96
        standings.append(
            Standing(founded, _scale(employees, firm.output), listed, honours, rating, land if keeps_land else None)
        )
    return rows, standings


def _tax_per_mu(rng: Generator, output: float) -> float:
    """Lognormal about the median; large firms use their land a little better."""
    lean = 0.55 * np.clip((np.log(output) - np.log(6500)) / 1.2, -2.0, 3.0)
    return float(np.exp(np.log(MEDIAN_TAX_PER_MU) + _SPREAD * (0.80 * rng.normal() + lean)))


def _years(rng: Generator, firm: Firm) -> tuple[list[list[object]], float, int, float]:
    """Rows of up to five years; (rows, latest tax, latest employees, R&D share)."""
    assert firm.output is not None
    what = profile_of(firm.industry)
    last = LAST_YEAR - int(rng.choice(4, p=[0.93, 0.04, 0.02, 0.01]))
    count = int(rng.choice([1, 3, 4, 5], p=[0.06, 0.16, 0.30, 0.48]))
    growth = np.clip(rng.normal(0.055, 0.09) + rng.normal(0, 0.05, count), -0.35, 0.6)
    outputs = [firm.output]
    for step in growth[:-1]:
        outputs.append(outputs[-1] / (1 + step))
    own = {name: float(rng.lognormal(0, sigma)) for name, sigma in _OWN.items()}
    tax_rate = what.tax * own["tax"]
    rd_share = min(what.rd * own["rd"], 0.25)
    rows = []
    for back, output in enumerate(outputs):
        noise = rng.lognormal(0, 0.06, len(YEAR_COLUMNS))
        value_added = output * min(what.value_added * own["value_added"], 0.8)
        revenue = output * rng.uniform(0.93, 1.04)
        employees = max(3.0, output / (what.output_per_employee * own["productivity"]) * noise[5])
        figures = (
            output, value_added * noise[1], revenue, output * (what.profit * own["profit"] + rng.normal(0, 0.035)),
            output * tax_rate * (noise[4] if back else 1.0), employees, revenue * rd_share * noise[6],
            output * 0.06 * rng.lognormal(0, 0.8), rng.poisson(employees * rd_share * 0.25),
            value_added * what.energy_tce * own["energy"] * noise[9], value_added * what.water_m3 * own["water"] * noise[10],
            value_added * what.cod_kg * own["cod"] * noise[11], value_added * what.nox_kg * own["nox"] * noise[12],
            value_added * what.power_kwh * own["power"] * noise[13],
        )  # fmt: skip
        left_out = rng.random(len(figures)) < BLANK
        left_out[0] = left_out[4] = False
        cells: list[object] = ["" if out else _written(name, value) for name, value, out in
                               zip(YEAR_COLUMNS, figures, left_out, strict=True)]  # fmt: skip
        rows.append([firm.uscc, last - back, *cells])
    return (
        rows,
        firm.output * tax_rate,
        int(firm.output / (what.output_per_employee * own["productivity"])) + 3,
        rd_share,
    )


_OWN = {
    "tax": 0.30, "rd": 0.55, "value_added": 0.18, "productivity": 0.40, "profit": 0.45, "energy": 0.45, "water": 0.5,
    "cod": 0.6, "nox": 0.6, "power": 0.4,
}  # fmt: skip
"""Spread of a firm's own traits about its industry's."""


def _written(name: str, value: float) -> object:
    return round(value) if name in ("employees", "patents", "power_kwh") else round(float(value), 2)


def _small(rng: Generator, firm: Firm) -> Standing:
    founded = (
        f"{int(np.clip(2025 - rng.gamma(1.8, 4.5), 1985, 2025))}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}"
    )
    scale = ("micro", "small", "medium")[int(rng.choice(3, p=[0.62, 0.36, 0.02]))]
    honours = "高新技术" if rng.random() < 0.07 else ""
    land = float(np.round(rng.lognormal(2.0, 0.8), 1)) if firm.in_city and rng.random() < 0.15 else None
    return Standing(founded, scale, False, honours, "", land)


def _scale(employees: int, output: float) -> str:
    """The statistics office's classes for industry, by the lower of the two measures."""
    if employees >= 1000 and output >= 40_000:
        return "large"
    if employees >= 300 and output >= 2_000:
        return "medium"
    return "small" if employees >= 20 and output >= 300 else "micro"


def _largest_of_chains(firms: list[Firm]) -> set[str]:
    """Two leaders of each chain."""
    by_chain: dict[str, list[Firm]] = {}
    for firm in firms:
        if firm.products:
            by_chain.setdefault(firm.products[0][0], []).append(firm)
    leaders = [sorted(own, key=lambda firm: -(firm.output or 0))[:2] for own in by_chain.values()]
    return {firm.uscc for pair in leaders for firm in pair}


def _honours(rng: Generator, firm: Firm, rd_share: float, employees: int, leads: bool) -> str:
    found = ["链主"] if leads else []
    skilled = rd_share > 0.03 and employees > 30
    if skilled and rng.random() < 0.62:
        found.append("高新技术")
        if rng.random() < 0.30:
            found.append("专精特新")
            if rng.random() < 0.26:
                found.append("小巨人")
        if rng.random() < 0.05:
            found.append("单项冠军")
    if firm.output and firm.output < 40_000 and rd_share > 0.05 and rng.random() < 0.06:
        found.append("瞪羚")
    return ";".join(found)
