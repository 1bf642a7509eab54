"""The filters of the list of firms, which are its tile layer's too."""

import re
from typing import Any

import django_filters
from django.db.models import QuerySet

from enterprises.honours import Honour
from enterprises.models import Enterprise, Rating, Scale
from enterprises.querysets import EnterpriseQuerySet
from geo.errors import BadParameter
from geo.filters import PlaceFilterSet, subtree_of

YES_OR_NO = [("true", "true"), ("false", "false")]


class EnterpriseFilterSet(PlaceFilterSet):
    """`industry`: GB/T 4754 prefixes separated by commas, a minus for what is left out; `honours`: holds any of these; `region`: in its subtree."""

    industry = django_filters.CharFilter(method="of_industry")
    scale = django_filters.MultipleChoiceFilter(choices=Scale.choices)
    rating = django_filters.MultipleChoiceFilter(choices=Rating.choices)
    honours = django_filters.MultipleChoiceFilter(choices=Honour.choices, method="with_honours")
    in_city = django_filters.ChoiceFilter(choices=YES_OR_NO, method="by_place")
    listed = django_filters.ChoiceFilter(choices=YES_OR_NO, method="by_listing")
    region_field = "region"
    text_fields = ("name", "uscc")

    class Meta:
        model = Enterprise
        fields: tuple[str, ...] = ()

    def of_industry(self, rows: EnterpriseQuerySet, name: str, text: str) -> EnterpriseQuerySet:
        prefixes = parse_prefixes(text)
        ceded = [prefix.removeprefix("-") for prefix in prefixes if prefix.startswith("-")]
        return rows.of_industry((prefix for prefix in prefixes if not prefix.startswith("-")), but=ceded)

    def with_honours(self, rows: EnterpriseQuerySet, name: str, honours: list[str]) -> EnterpriseQuerySet:
        return rows.filter(honours__overlap=honours) if honours else rows

    def by_place(self, rows: EnterpriseQuerySet, name: str, answer: str) -> EnterpriseQuerySet:
        return rows.in_city() if answer == "true" else rows.outside()

    def by_listing(self, rows: EnterpriseQuerySet, name: str, answer: str) -> EnterpriseQuerySet:
        return rows.filter(listed=answer == "true")

    def within_region(self, rows: "QuerySet[Any]", name: str, adcode: str) -> "QuerySet[Any]":
        return rows.filter(region__in=subtree_of(adcode).values("pk"))


def parse_prefixes(text: str) -> list[str]:
    """`397,652,-3974`: one to four digits each; what follows a minus is left out."""
    prefixes = [part.strip() for part in text.split(",") if part.strip()]
    wrong = [part for part in prefixes if not re.fullmatch(r"-?[0-9]{1,4}", part)]
    if wrong or all(part.startswith("-") for part in prefixes):
        shown = wrong[0] if wrong else text
        raise BadParameter(
            "industry",
            zh=f"“{shown}”不是行业代码；请写国民经济行业分类代码或其前缀，以逗号分隔，前加减号表示除外，如 397,652,-3974。",
            en=f"{shown} is no industry code; write GB/T 4754 codes or prefixes separated by commas, a minus for what is left out, like 397,652,-3974.",
        )
    return prefixes
