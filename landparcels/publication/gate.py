"""What a parcel must have before it is reviewed and shown: one table, which a city may replace by a setting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Caution
from django.utils import timezone

from geo.words import Words, say
from landparcels.evidence import Evidence, evidence_of
from landparcels.indicators import catalogue, indicators_for
from landparcels.indicators.own import Indicator
from landparcels.models import Parcel, RegionalValue

FACTS: Mapping[str, Words] = {
    "name": Words("名称", "name"),
    "region": Words("行政区", "region"),
    "land_use": Words("用途", "land use"),
    "admits": Words("准入行业", "industries admitted"),
    "supply_mode": Words("供应方式", "supply mode"),
    "deposit": Words("保证金", "deposit"),
    "contact_office": Words("联系部门", "office to call"),
    "contact_phone": Words("联系电话", "telephone of the office"),
}
"""What may be asked for besides indicators."""

REQUIRED = (
    *("region", "land_use", "supply_mode", "contact_office", "contact_phone"),
    *("start_price", "tenure_years", "far_min", "building_coefficient_min"),
    *("investment_intensity_min", "output_per_mu_min", "tax_per_mu_min", "energy_per_value_added_max"),
    *("services_level", "construction_months_max"),
)
"""Whom to call, what it costs, and the indicators a standard-land contract is made on."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that keeps a parcel from being shown."""

    name: str
    kind: Literal["missing", "expired"]
    words: Words


def required() -> tuple[str, ...]:
    """Names of columns and indicators, in the order in which people are told of them."""
    return tuple(settings.PUBLICATION_REQUIRES) or REQUIRED


def check_setting(**_: object) -> list[CheckMessage]:
    """At the start: a name that is no standard one is most likely a slip, unless the city's dictionary has it."""
    unknown = [name for name in settings.PUBLICATION_REQUIRES if name not in FACTS and name not in catalogue()]
    return [
        Caution(
            f"LUODI_PUBLICATION_REQUIRES: “{name}”不是标准项，只有城市指标字典中有它时才会要求 / "
            f"{name} is no standard name; it is asked for only if the city's dictionary of indicators has it.",
            hint=f"标准项 / standard names: {', '.join((*FACTS, *catalogue()))}",
            id="landparcels.W001",
        )
        for name in unknown
    ]


def gaps_of(parcel: Parcel, on: date | None = None) -> list[Gap]:
    """What is missing or expired on a day, by default today; nothing when the parcel may be shown."""
    return list(_gaps(parcel, on or timezone.localdate()))


def _gaps(parcel: Parcel, on: date) -> Iterator[Gap]:
    indicators = indicators_for()
    for name in required():
        if name in FACTS:
            value = parcel.region_id if name == "region" else getattr(parcel, name)
            if value in (None, "", []):
                yield _missing(name, FACTS[name])
        elif name in indicators:
            yield from _of_indicator(parcel, indicators[name], on)


def _of_indicator(parcel: Parcel, one: Indicator, on: date) -> Iterator[Gap]:
    words = say(zh=one.zh, en=one.en)
    value = getattr(parcel, one.code) if one.code in catalogue() else parcel.extra.get(one.code)
    evidence: Evidence = evidence_of(parcel.evidence, one)
    ended = evidence.expires if evidence.is_expired(on) else None
    if value is None and one.origin == "regional":
        ended = _ended(parcel, one.code, on)
    if ended:
        told = say(zh=f"{words.zh}已于 {ended} 到期", en=f"{words.en} expired on {ended}")
        yield Gap(one.code, "expired", told)
    elif value is None:
        yield _missing(one.code, words)


def _missing(name: str, words: Words) -> Gap:
    return Gap(name, "missing", say(zh=f"缺少{words.zh}", en=f"{words.en} is missing"))


def _ended(parcel: Parcel, code: str, on: date) -> date | None:
    """The day on which the last value of the region, or of one above it, ended."""
    if parcel.region is None:
        return None
    above = parcel.region.path.strip("/").split("/")
    rows = RegionalValue.objects.filter(indicator=code, region__in=above, valid_to__lt=on)
    return rows.order_by("-valid_to").values_list("valid_to", flat=True).first()
