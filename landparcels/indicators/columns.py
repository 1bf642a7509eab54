"""A city's own indicators in SQL: as columns of numbers for the offer, as conditions and sort keys of the list.

`extra -> 'code'` of a number or a truth is cast by the database, so that every comparison is one of float8.
"""

import math
from typing import TYPE_CHECKING

from django.db.models import BooleanField, FloatField, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from psycopg import sql

from geo.errors import BadParameter
from landparcels.indicators.own import OwnIndicator

if TYPE_CHECKING:
    from landparcels.models import Parcel

FLAGS = {"true": True, "1": True, "false": False, "0": False}


def typed(one: OwnIndicator) -> Cast:
    """The value of a number or a yes-or-no, as an expression of a query of parcels."""
    return Cast(KeyTransform(one.code, "extra"), BooleanField() if one.kind == "yes_no" else FloatField())


def by_value(rows: "QuerySet[Parcel]", one: OwnIndicator, lookup: str, text: str) -> "QuerySet[Parcel]":
    """Parcels whose value compares so; a text that is no value of this indicator is an error in words."""
    name = f"{one.code}__{lookup}" if lookup else one.code
    if lookup == "isnull":
        return rows.filter(**{f"extra__{one.code}__isnull": _flag(name, text)})
    if one.is_chosen:
        return rows.filter(_chosen(name, one, text.split(",")))
    alias = f"own_{one.code}"
    rows = rows.alias(**{alias: typed(one)})
    if one.kind == "yes_no":
        return rows.filter(**{alias: _flag(name, text)})
    numbers = [_number(name, part) for part in (text.split(",") if lookup == "in" else [text])]
    return rows.filter(
        **{
            f"{alias}__in" if lookup == "in" else f"{alias}__{lookup or 'exact'}": numbers
            if lookup == "in"
            else numbers[0]
        }
    )


def _chosen(name: str, one: OwnIndicator, codes: list[str]) -> Q:
    """Any of these choices."""
    condition = Q()
    for code in codes:
        if code not in one.choices:
            known = ", ".join(one.choices)
            raise BadParameter(
                name, zh=f"{name} 没有选项“{code}”；可用：{known}。", en=f"{name} knows no {code}; known: {known}."
            )
        condition |= Q(extra__contains={one.code: [code] if one.kind == "choices" else code})
    return condition


def _flag(name: str, text: str) -> bool:
    if text.lower() not in FLAGS:
        raise BadParameter(name, zh=f"{name} 只能是 true 或 false。", en=f"{name} is true or false.")
    return FLAGS[text.lower()]


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadParameter(name, zh=f"{name} 应为数值，收到“{text[:40]}”。", en=f"{name} is a number; got {text[:40]}.")
    return number


def as_number(one: OwnIndicator) -> sql.Composable:
    """The column of numbers of `landparcels.indicators.own`, of a table called `parcel`; null is unknown."""
    value = sql.SQL("(parcel.extra -> {})").format(sql.Literal(one.code))
    if one.kind == "decimal":
        return sql.SQL("{}::float8").format(value)
    if one.kind == "yes_no":
        return sql.SQL("{}::boolean::int").format(value)
    bits = [
        sql.SQL("({} ? {})::int * {}::bigint").format(value, sql.Literal(option.code), sql.Literal(1 << at))
        for at, option in enumerate(one.options)
    ]
    return sql.SQL("({})").format(sql.SQL(" + ").join(bits))
