"""GET industries/, industries/{code}/sheet/."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_see_staff_data
from geo.api import ApiView
from geo.errors import BadParameter, NotThere
from industrymap.answers import industry_answer, sheet_answer
from industrymap.industries import BY_CODE, INDUSTRIES, POSITION
from industrymap.selectors import TABLES, economy
from industrymap.serializers import IndustrySerializer, SheetQuerySerializer, SheetSerializer, StaffIndustrySerializer
from industrymap.sheet import draw


class IndustryListView(ApiView, generics.GenericAPIView[Any]):
    """The industries with the firms in the city; they come whole. A visitor is not told a number below the floor."""

    serializer_class = IndustrySerializer
    versions = TABLES

    def get(self, request: Request) -> Response:
        city, staff = economy(), may_see_staff_data(request.user)
        rows = [industry_answer(industry, city, staff=staff) for industry in INDUSTRIES]
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
        return Response(SheetSerializer(sheet_answer(request.user, BY_CODE[code], city, sheet, size)).data)


def _wrong(name: str) -> BadParameter:
    allowed = {"size": "output, jobs, count", "resolution": "6, 7, 8, 9"}[name]
    return BadParameter(name, zh=f"{name} 只能是：{allowed}。", en=f"{name} is one of: {allowed}.")
