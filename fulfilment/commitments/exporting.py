"""Commitments as a table: XLSX or CSV in the columns that `load commitments` reads, with how each stands today."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fulfilment.commitments import answers
from fulfilment.commitments.milestones import NAMES
from fulfilment.commitments.terms import promisable
from fulfilment.commitments.wording import STANDING_WORDS
from fulfilment.models import Commitment
from geo.sheets import Sheet, Value, workbook
from geo.words import Words, say
from landparcels.exporting import delimited

HEADERS = {
    "parcel": say(zh="宗地编号", en="parcel"),
    "uscc": say(zh="统一社会信用代码", en="uscc"),
    "firm": say(zh="企业名称（仅供阅读）", en="firm (to read only)"),
    "state": say(zh="履约状态（仅供阅读）", en="state (to read only)"),
    "next_due": say(zh="下一到期日（仅供阅读）", en="next due (to read only)"),
    "grant_number": say(zh="出让合同编号", en="grant_number"),
    "grant_date": say(zh="出让合同日期", en="grant_date"),
    "supervision_number": say(zh="监管协议编号", en="supervision_number"),
    "supervision_date": say(zh="监管协议日期", en="supervision_date"),
    "hand_over": say(zh="交地日期", en="hand_over"),
    "start_months": say(zh="约定开工期限", en="start_months"),
    "construction_months": say(zh="建设周期", en="construction_months"),
    "ramp_up_months": say(zh="达产期", en="ramp_up_months"),
    "start": say(zh="实际开工日期", en="started_on"),
    "completion": say(zh="实际竣工日期", en="completed_on"),
    "full_production": say(zh="实际达产日期", en="full_production_on"),
    "measured": say(zh="已核验指标数（仅供阅读）", en="measured (to read only)"),
    "met": say(zh="达标指标数（仅供阅读）", en="met (to read only)"),
    "note": say(zh="备注", en="note"),
}


def table(commitments: Iterable[Commitment], today: date, *, english: bool) -> tuple[list[str], Iterator[list[Value]]]:
    """Headers and lines. Wants `answers.read()`."""
    indicators = promisable()
    promised = [say(zh=f"{one.zh}（{one.unit}）", en=f"{code} ({one.unit})") for code, one in indicators.items()]
    headers = [_said(words, english) for words in (*HEADERS.values(), *promised)]
    return headers, (_line(one, today, indicators, english=english) for one in commitments)


def _line(commitment: Commitment, today: date, indicators: answers.Indicators, *, english: bool) -> list[Value]:
    shown = answers.row(commitment, today, indicators)
    met = {one["name"]: one["met_on"] for one in shown["milestones"]}
    cells: dict[str, Value] = {
        **{name: getattr(commitment, name, None) for name in HEADERS},
        **{name: shown[name] for name in ("parcel", "uscc", "firm", "next_due")},
        **{name: met.get(name) for name in NAMES},
        "state": _said(STANDING_WORDS[shown["state"]], english),
        "measured": shown["results"]["measured"],
        "met": shown["results"]["met"],
    }
    values = {one.indicator: one.committed for one in commitment.promises.all()}
    return [*cells.values(), *(values.get(code) for code in indicators)]


def as_csv(headers: Sequence[str], lines: Iterable[list[Value]]) -> Iterator[bytes]:
    return delimited.written(headers, lines)


def as_spreadsheet(headers: Sequence[str], lines: Iterable[list[Value]], *, english: bool) -> bytes:
    return workbook(Sheet("commitments" if english else "履约", headers, lines))


def _said(words: Words, english: bool) -> str:
    return words.en if english else words.zh
