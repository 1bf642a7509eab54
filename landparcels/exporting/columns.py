"""The columns of an exported parcel: all that an import of parcels reads, every indicator, and who says so.

What an import reads is called what the import calls it, so that a file loads again as it is; the rest (figures of the region
and the surroundings, names, area, source) is reported there as unknown and kept out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from accounts.rights import Person
from geo.categories import Hazard
from geo.importing.kinds import Column, Type, kind_named
from geo.unit_words import unit_in
from geo.words import Words
from landparcels.citing import REST
from landparcels.evidence import DAYS, PARTS
from landparcels.importers.parcel_values import evidence_columns
from landparcels.indicators import catalogue, indicators_for
from landparcels.indicators.own import OwnIndicator, own_indicators
from landparcels.models import Status, SupplyMode
from landparcels.power import HIGH, POWER, UNSAID, VOLTAGES
from landparcels.querysets import ParcelQuerySet

Value = str | float | bool | date | None
Kind = Literal["text", "list", "number", "flag", "date"]

IDENTITY = ("code", "name", "status", "region", "region_name", "land_use", "land_use_name", "area_mu")
PROVENANCE = ("source", "as_of", "synthetic")
_KINDS: dict[Type, Kind] = {
    Type.INTEGER: "number",
    Type.DECIMAL: "number",
    Type.FLAG: "flag",
    Type.DATE: "date",
    Type.LIST: "list",
}
_OWN_KINDS: dict[str, Kind] = {"decimal": "number", "yes_no": "flag", "choice": "text", "choices": "list"}
_LOOKUPS = {"region": "region_id"}
_YES_NO = {True: Words("是", "yes"), False: Words("否", "no")}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """`name` as the import calls it, `lookup` where a query of parcels finds it; `choices` are a code's words."""

    name: str
    zh: str
    lookup: str
    kind: Kind = "text"
    unit: str = "1"
    choices: Mapping[str, Words] = field(default_factory=dict)
    required: bool = False
    cites: str = ""
    """The indicator whose source this column tells."""

    def header(self, *, english: bool) -> str:
        """`start_price (10k CNY/mu)` or 起始价（万元/亩）: a header that the import reads, unit and all."""
        unit = unit_in(self.unit, english=english)
        if english:
            return f"{self.name} ({unit})" if unit else self.name
        return f"{self.zh}（{unit}）" if unit else self.zh

    def plain(self, value: object) -> Value:
        """For files that keep types: text, number, truth, day; nothing known is None."""
        if value is None or value == "":
            return None
        if isinstance(value, list):
            return ";".join(value) or None
        if self.kind == "number":
            return float(value)  # type: ignore[arg-type]  # a number column
        if self.kind == "date" and isinstance(value, str):
            return date.fromisoformat(value)
        return value if isinstance(value, bool | date) else str(value)

    def shown(self, value: object, *, english: bool) -> Value:
        """For tables that people read: choices and yes or no in words, which the import knows too."""
        if isinstance(value, list) and self.choices:
            return ";".join(str(self._said(code, english=english)) for code in value) or None
        return self._said(self.plain(value), english=english)

    def _said(self, plain: Value, *, english: bool) -> Value:
        if isinstance(plain, bool):
            words: Words | None = _YES_NO[plain]
        else:
            words = self.choices.get(plain) if isinstance(plain, str) else None
        if words is None:
            return plain
        return words.en if english else words.zh


def _words(choices: type[Status] | type[SupplyMode] | type[Hazard]) -> dict[str, Words]:
    return {choice.value: Words(*choice.label.split(" ", 1)) for choice in choices}


_CHOICES = {"status": _words(Status), "supply_mode": _words(SupplyMode), "hazard_max": _words(Hazard)}


def _imported(column: Column) -> ExportColumn:
    return ExportColumn(
        column.name,
        column.zh,
        _LOOKUPS.get(column.name, column.name),
        _KINDS.get(column.type, "text"),
        column.unit or "1",
        _CHOICES.get(column.name, {}),
        column.required,
    )


def _of_own(one: OwnIndicator) -> ExportColumn:
    unit = one.unit if one.kind == "decimal" else "1"
    return ExportColumn(one.code, one.zh, f"extra__{one.code}", _OWN_KINDS[one.kind], unit, one.choices)


@cache
def _standard() -> dict[str, ExportColumn]:
    """Everything but what a city declared for itself."""
    known = {column.name: _imported(column) for column in kind_named("parcels").columns}
    known |= {
        "region_name": ExportColumn("region_name", "行政区名称", "region__name"),
        "land_use_name": ExportColumn("land_use_name", "用途名称", "land_use"),
        "area_mu": ExportColumn("area_mu", "面积", "area_mu", "number", "mu"),
        HIGH: ExportColumn(HIGH, "110 千伏及以上单站余量", HIGH, "number", "MVA"),
        UNSAID: ExportColumn(UNSAID, "电压未知单站余量", UNSAID, "number", "MVA"),
        "source": ExportColumn("source", "数据来源", "source__name"),
        "as_of": ExportColumn("as_of", "数据日期", "source__as_of", "date"),
        "synthetic": ExportColumn("synthetic", "模拟数据", "source__synthetic", "flag"),
    }
    for code, indicator in catalogue().items():
        known.setdefault(code, ExportColumn(code, indicator.zh, code, "number", indicator.unit))
    return known


def export_columns(person: Person | None = None, parcels: ParcelQuerySet | None = None) -> tuple[ExportColumn, ...]:
    """What it is, on which terms, all indicators group by group, who says so.

    Evidence, and sources of single values that differ from their row's, where any of these parcels has them.
    """
    standard = _standard()
    own = own_indicators(person)
    terms = [name for name in standard if name not in {*IDENTITY, *PROVENANCE, *VOLTAGES, *catalogue()}]
    indicators = [_of_own(own[code]) if code in own else standard[code] for code in indicators_for(person)]
    power = 1 + next(at for at, column in enumerate(indicators) if column.name == POWER)
    told = [*_evidence(parcels, own), *_sources(parcels, indicators)] if parcels is not None else []
    return (
        *(standard[name] for name in (*IDENTITY, *terms)),
        *indicators[:power],
        *(standard[name] for name in VOLTAGES),
        *indicators[power:],
        *(standard[name] for name in PROVENANCE),
        *told,
    )


def template_columns() -> tuple[ExportColumn, ...]:
    """What an import reads, in the order of an export."""
    read = {column.name for column in kind_named("parcels").all_columns()}
    return tuple(column for column in export_columns() if column.name in read)


def _evidence(parcels: ParcelQuerySet, own: Mapping[str, OwnIndicator]) -> list[ExportColumn]:
    stored = parcels.order_by().exclude(evidence={}).values_list("evidence", flat=True)
    told = {f"{name}_{part}" for evidence in stored.iterator() for name, parts in evidence.items() for part in parts}
    columns = []
    for column in evidence_columns(own) if told else ():
        if column.name in told:
            name, part = next(
                (column.name.removesuffix(f"_{part}"), part) for part in PARTS if column.name.endswith(f"_{part}")
            )
            kind: Kind = "date" if part in DAYS else "text"
            columns.append(ExportColumn(column.name, column.zh, f"evidence__{name}__{part}", kind))
    return columns


def _sources(parcels: ParcelQuerySet, indicators: Iterable[ExportColumn]) -> list[ExportColumn]:
    cited = parcels.order_by().exclude(cited={}).values_list("cited", flat=True).distinct()
    told = {code for one in cited.iterator() for code in one}
    return [
        ExportColumn(f"{column.name}_source", f"{column.zh}数据来源", "cited", cites=column.name)
        for column in indicators
        if column.name in told or (REST in told and _is_declared(column.name))
    ]


def _is_declared(code: str) -> bool:
    standard = catalogue().get(code)
    return standard is None or standard.origin == "declared"
