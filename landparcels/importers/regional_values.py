"""Regional values: prices and policies of a region over a period. A later period closes an open one."""

from collections import defaultdict
from datetime import date

from django.db import connection

from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.reach import region_fault
from geo.words import Words, say
from landparcels.indicators import of_origin
from landparcels.models import RegionalValue

Periods = dict[date, date | None]
SPELLINGS = {word: code for code, field in of_origin("regional").items() for word in (code, field.zh, field.en)}


def prepare(batch: Batch, load: Load) -> None:
    """Region and range of each value, and that no period overlaps another but by being open."""
    known: defaultdict[tuple[str, str], Periods] = load.remember("periods", _read_periods)
    regions, indicators = batch.columns.pop("region"), batch.columns["indicator"]
    firsts, lasts = batch.columns["valid_from"], batch.values("valid_to")
    for index in list(batch.alive()):
        region, indicator, first, last = regions[index], indicators[index], firsts[index], lasts[index]
        value = batch.columns["value"][index]
        if problem := region_fault(region, load):
            batch.refuse(index, "region", region, problem)
        elif fault := of_origin("regional")[indicator].fault(float(value)):
            batch.refuse(index, "value", value, fault)
        elif clash := overlap(known[region, indicator], first, last):
            batch.refuse(index, "valid_from", first, clash)
        else:
            known[region, indicator][first] = last
    batch.columns["region_id"] = regions
    if "source" in batch.columns:
        batch.columns["reference"] = [text or "" for text in batch.columns.pop("source")]


def overlap(others: Periods, first: date, last: date | None) -> Words | None:
    """Why a period cannot stand beside the others; the same first day replaces, an open end yields to a later start."""
    if last is not None and last < first:
        return say(zh=f"截止日 {last} 早于起始日 {first}", en=f"ends on {last}, before it starts on {first}")
    for start, end in others.items():
        earlier_ends = end if start < first else last
        later_starts = max(start, first)
        if start != first and earlier_ends is not None and earlier_ends >= later_starts:
            span = f"{start} – {end or ''}"
            return say(zh=f"与已有期间 {span} 重叠", en=f"overlaps the period {span}")
    return None


def _read_periods() -> defaultdict[tuple[str, str], Periods]:
    periods: defaultdict[tuple[str, str], Periods] = defaultdict(dict)
    for region, indicator, first, last in RegionalValue.objects.values_list(
        "region_id", "indicator", "valid_from", "valid_to"
    ):
        periods[region, indicator][first] = last
    return periods


CLOSE = """
UPDATE landparcels_regionalvalue AS value SET valid_to = following.valid_from - 1
FROM (
    SELECT id, lead(valid_from) OVER (PARTITION BY region_id, indicator ORDER BY valid_from) AS valid_from
    FROM landparcels_regionalvalue
) AS following
WHERE following.id = value.id AND value.valid_to IS NULL AND following.valid_from IS NOT NULL
"""


def close_open_periods(load: Load) -> None:
    """The day before the next one starts is the last of an open period."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSE)


register(
    Kind(
        name="regional_values",
        zh="区域价格与政策",
        en="Regional values",
        model=RegionalValue,
        key=("region", "indicator", "valid_from"),
        conflict=("region_id", "indicator", "valid_from"),
        columns=(
            Column("region", "行政区", Type.ADCODE, required=True),
            Column("indicator", "指标", Type.CHOICE, required=True, choices=SPELLINGS),
            Column("value", "数值", Type.DECIMAL, required=True),
            Column("valid_from", "起始日期", Type.DATE, required=True),
            Column("valid_to", "截止日期", Type.DATE),
            Column("source", "依据"),
        ),
        prepare=prepare,
        after=close_open_periods,
    )
)
