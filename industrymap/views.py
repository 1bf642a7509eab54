"""GET industries/, industries/{code}/sheet/."""

import math
from typing import Any

import numpy as np
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import Person, may_see_staff_data
from enterprises.models import Enterprise
from enterprises.selectors import with_output
from geo import hexes
from geo.api import ApiView
from geo.errors import BadParameter, NotThere
from geo.models import Source
from geo.privacy import FLOORS
from geo.words import Words
from industrymap.economy import FIGURES, Economy
from industrymap.industries import BY_CODE, INDUSTRIES, POSITION, Industry
from industrymap.selectors import TABLES, economy
from industrymap.serializers import IndustrySerializer, SheetQuerySerializer, SheetSerializer, StaffIndustrySerializer
from industrymap.sheet import SIZES, Sheet, draw

Json = dict[str, Any]


class IndustryListView(ApiView, generics.GenericAPIView[Any]):
    """The industries with the firms in the city; they come whole. A visitor is not told a number below the floor."""

    serializer_class = IndustrySerializer
    versions = TABLES

    def get(self, request: Request) -> Response:
        city, staff = economy(), may_see_staff_data(request.user)
        rows = [_industry(industry, city, staff=staff) for industry in INDUSTRIES]
        shape: type[IndustrySerializer] = StaffIndustrySerializer if staff else IndustrySerializer
        return Response({"results": [shape(row).data for row in rows], "next": None})


class SheetView(ApiView, generics.GenericAPIView[Any]):
    """The current sheet of an industry. The live map is for staff until a sheet is published."""

    serializer_class = SheetSerializer
    parameters = frozenset({"size", "resolution"})
    versions = (*TABLES, "sources")
    staff_only = True

    @extend_schema(parameters=[SheetQuerySerializer])
    def get(self, request: Request, code: str) -> Response:
        if code not in BY_CODE:
            raise NotThere(
                zh=f"没有产业“{code}”；可用：{'、'.join(BY_CODE)}。",
                en=f"There is no industry {code}; there are: {', '.join(BY_CODE)}.",
            )
        query = SheetQuerySerializer(data=request.query_params)
        if not query.is_valid():
            raise _wrong(next(iter(query.errors)))
        size, resolution = query.validated_data["size"], int(query.validated_data["resolution"])
        city = economy()
        sheet = draw(city, POSITION[code], by=size, resolution=resolution)
        return Response(SheetSerializer(_sheet(request.user, BY_CODE[code], city, sheet, size)).data)


def _wrong(name: str) -> BadParameter:
    allowed = {"size": "output, jobs, count", "resolution": "6, 7, 8, 9"}[name]
    return BadParameter(name, zh=f"{name} 只能是：{allowed}。", en=f"{name} is one of: {allowed}.")


def _industry(industry: Industry, city: Economy, *, staff: bool) -> Json:
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


def _sheet(person: Person, industry: Industry, city: Economy, sheet: Sheet, size: str) -> Json:
    unit = FIGURES.get(SIZES[size], "")
    return {
        "industry": _industry(industry, city, staff=True),
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
        "top": _top(person, city, sheet),
    }


def _top(person: Person, city: Economy, sheet: Sheet) -> list[Enterprise]:
    ids = city.firm[sheet.top].tolist()
    visible = with_output(Enterprise.objects.visible_to(person).filter(pk__in=ids)).select_related("region")
    firms = {firm.pk: firm for firm in visible}
    return [firms[pk] for pk in ids if pk in firms]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _sum(values: np.ndarray) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.sum()) if known.size else None
