"""What is said of industries and sheets, ready for their serializers: arrays become rows, NaN becomes null."""

import math
from typing import Any

import numpy as np
import shapely

from accounts.rights import Person
from enterprises.models import Enterprise
from enterprises.selectors import with_output
from geo import hexes
from geo.models import Source
from geo.privacy import FLOORS
from geo.words import Words
from industrymap.economy import FIGURES, Economy, Positions
from industrymap.industries import POSITION, Industry
from industrymap.sheet import SIZES, Sheet, size_of

Json = dict[str, Any]
LEADERS = 3
"""Firms named with each cluster."""


def industry_answer(industry: Industry, city: Economy, *, staff: bool) -> Json:
    own = city.industry == POSITION[industry.code]
    firms = int(own.sum())
    hidden = not staff and firms < FLOORS["enterprises"]
    shown: Json = {
        "code": industry.code,
        "name": str(industry.name),
        "prefixes": industry.prefixes,
        "filter": industry.filter,
        "firms": None if hidden else firms,
        "suppressed": hidden,
    }
    if staff:
        shown |= {name: _sum(city.figures[name][own]) for name in ("output", "employees")}
    return shown


def sheet_answer(person: Person, industry: Industry, city: Economy, sheet: Sheet, size: str) -> Json:
    unit = FIGURES.get(SIZES[size], "")
    firms = _named(person, city, sheet)
    return {
        "industry": industry_answer(industry, city, staff=True),
        "size": size,
        "unit": unit,
        "reference_year": city.reference_year,
        "synthetic": Source.objects.filter(kind__in=("enterprises", "enterprise_years"), synthetic=True).exists(),
        "firms": sheet.firms,
        "totals": {
            name: {"value": _known(value), "unit": FIGURES[name], "firms": sheet.known[name]}
            for name, value in sheet.totals.items()
        },
        "ratios": {name: _known(value) for name, value in sheet.ratios.items()},
        "share": _known(sheet.share),
        "rank": sheet.rank,
        "concentration": {"firms": _known(sheet.hhi_firms), "districts": _known(sheet.hhi_districts)},
        "districts": [
            {
                "adcode": district.adcode,
                "name": str(Words(district.name, district.name_en or district.name)),
                "firms": int(sheet.district_firms[at]),
                "size": _known(sheet.size[at]),
                "share": _known(sheet.district_share[at]),
                "quotient": _known(sheet.quotient[at]),
                "specialised": bool(sheet.specialised[at]),
            }
            for at, district in enumerate(city.districts)
        ],
        "quotient_legend": {"method": "fixed", "breaks": sheet.quotient_breaks},
        "density": {
            "resolution": sheet.density.resolution,
            "cells": hexes.texts(sheet.density.cells),
            "values": [_known(value) for value in sheet.density.values.tolist()],
            "firms": sheet.density.firms.tolist(),
            "suppressed": 0,
            "legend": {"method": "quantile", "breaks": sheet.density.breaks, "unit": unit},
        },
        "top": [firms[pk] for pk in city.firm[sheet.top].tolist() if pk in firms],
        "clusters": _clusters(industry, city, sheet, size, firms),
    }


def _clusters(industry: Industry, city: Economy, sheet: Sheet, size: str, firms: dict[int, Enterprise]) -> list[Json]:
    values = size_of(city, size)
    whole = _sum(values[city.industry == POSITION[industry.code]])
    shown = []
    for cluster in sheet.clusters:
        own = _sum(values[cluster.members])
        shown.append(
            {
                "firms": len(cluster.members),
                "size": own,
                "share": own / whole if own is not None and whole else None,
                "place": _mostly_in(city, cluster.members),
                "leaders": [firms[pk] for pk in city.firm[cluster.members[:LEADERS]].tolist() if pk in firms],
                "outline": shapely.geometry.mapping(shapely.set_precision(cluster.outline, 1e-5)),
            }
        )
    return shown


def _mostly_in(city: Economy, members: Positions) -> str | None:
    """The district that most of these firms stand in."""
    districts = city.district[members]
    if not (districts >= 0).any():
        return None
    district = city.districts[int(np.bincount(districts[districts >= 0]).argmax())]
    return str(Words(district.name, district.name_en or district.name))


def _named(person: Person, city: Economy, sheet: Sheet) -> dict[int, Enterprise]:
    """The firms that the sheet names, as far as the reader may see them, in one query."""
    positions = np.concatenate([sheet.top, *(cluster.members[:LEADERS] for cluster in sheet.clusters)])
    visible = Enterprise.objects.visible_to(person).filter(pk__in=city.firm[positions].tolist())
    return {firm.pk: firm for firm in with_output(visible).select_related("region")}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _sum(values: np.ndarray) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.sum()) if known.size else None
