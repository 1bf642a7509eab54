"""What a file of parcels may say beyond the standard columns: the city's own indicators, and evidence of declared values.

Evidence comes as `start_price_as_of`, `start_price_expires`, `start_price_department`, `start_price_reference`, or for a whole
group as `admission_expires`: columns that are read where a file has them, and not offered in templates.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from geo.importing.batch import Batch
from geo.importing.kinds import Column, Type
from geo.importing.load import Load
from landparcels.citing import cited_after
from landparcels.evidence import DAYS, PARTS, written
from landparcels.indicators import of_origin
from landparcels.indicators.field import GROUP_WORDS
from landparcels.indicators.own import OwnIndicator, own_indicators
from landparcels.models import Parcel

PART_WORDS = {"as_of": "数据日期", "expires": "有效期至", "department": "责任部门", "reference": "依据文件"}
_TYPES = {"decimal": Type.DECIMAL, "yes_no": Type.FLAG, "choice": Type.CHOICE, "choices": Type.LIST}


def own_column(one: OwnIndicator) -> Column:
    spellings = {
        spelling: option.code for option in one.options for spelling in (option.code, option.zh, option.en) if spelling
    }
    number = one.kind == "decimal"
    return Column(
        one.code,
        one.zh,
        _TYPES[one.kind],
        unit=one.unit if number else None,
        low=one.low if number else None,
        high=one.high if number else None,
        choices=spellings,
        also=(one.en,),
    )


def evidence_columns(own: Mapping[str, OwnIndicator]) -> Iterator[Column]:
    names: dict[str, str] = {group: words.zh for group, words in GROUP_WORDS.items()}
    names |= {code: one.zh for code, one in (of_origin("declared") | dict(own)).items()}
    for name, zh in names.items():
        for part in PARTS:
            kind = Type.DATE if part in DAYS else Type.TEXT
            longest = None if part in DAYS else 200
            yield Column(f"{name}_{part}", f"{zh}{PART_WORDS[part]}", kind, longest=longest, in_template=False)


def further_columns() -> list[Column]:
    """Read when an import starts, since the dictionary may have changed."""
    own = own_indicators()
    return [*(own_column(one) for one in own.values()), *evidence_columns(own)]


def take_further_values(batch: Batch, load: Load) -> None:
    """Puts both into their JSON columns; what the file does not name keeps its value."""
    own: Mapping[str, OwnIndicator] = load.remember("own", own_indicators)
    parts: Mapping[str, tuple[str, str]] = load.remember(
        "evidence", lambda: {column.name: _split(column.name) for column in evidence_columns(own)}
    )
    values = {code: batch.columns.pop(code) for code in own if code in batch.columns}
    told = {parts[name]: batch.columns.pop(name) for name in parts if name in batch.columns}
    if not values and not told:
        return
    codes = batch.columns["code"]
    before: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        code: (extra, evidence)
        for code, extra, evidence in Parcel.objects.filter(code__in=[code for code in codes if code]).values_list(
            "code", "extra", "evidence"
        )
    }
    extras, evidences = [], []
    for index, code in enumerate(codes):
        extra, evidence = before.get(code, ({}, {}))
        extras.append(_with_values(extra, {name: column[index] for name, column in values.items()}))
        given: dict[str, dict[str, str | None]] = {}
        for (name, part), column in told.items():
            given.setdefault(name, {})[part] = _as_text(column[index])
        evidences.append(written(evidence, given))
    if values:
        batch.columns["extra"] = extras
    if told:
        batch.columns["evidence"] = evidences


def cite(batch: Batch, load: Load) -> None:
    """What the file gives is cited to it; what it does not name keeps the source it had."""
    carried, others = load.remember("carried", lambda: _carried(load.given))
    codes = batch.columns["code"]
    if not others:
        batch.columns["cited"] = [{}] * len(batch)
        return
    rows = Parcel.objects.filter(code__in=[code for code in codes if code])
    before = {code: (source, cited) for code, source, cited in rows.values_list("code", "source_id", "cited")}
    known: dict[str, Mapping[str, int | None]] = {}

    def after(source: int | None, cited: Mapping[str, int | None]) -> Mapping[str, int | None]:
        """Most rows of a file stood alike before."""
        key = f"{source} {cited}"
        if key not in known:
            known[key] = cited_after(cited, source, carried=carried, others=others, now=load.source.pk)
        return known[key]

    batch.columns["cited"] = [after(*before[code]) if code in before else {} for code in codes]


def _carried(given: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Codes of the declared indicators that the file gives, and of the others."""
    declared = frozenset((*of_origin("declared"), *own_indicators()))
    return declared & frozenset(given), declared - frozenset(given)


def _with_values(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """An unknown is not there."""
    after = {**before, **given}
    return {name: value for name, value in after.items() if value is not None and value != []}


def _split(name: str) -> tuple[str, str]:
    part = next(part for part in PARTS if name.endswith(f"_{part}"))
    return name.removesuffix(f"_{part}"), part


def _as_text(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
