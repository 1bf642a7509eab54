"""Commitments by file: a row for each parcel that was handed over, with its dates and the values promised."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils import timezone

from enterprises.models import Enterprise
from fulfilment.commitments.dates import set_due_dates
from fulfilment.commitments.milestones import NAMES
from fulfilment.commitments.services import HANDED_OVER
from fulfilment.commitments.terms import limits_of, promisable, start_indicator, thresholds_of, value_of
from fulfilment.importers.checks import blank_texts, check_right, parcels_of
from fulfilment.models import Commitment, Milestone, Promise
from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say

CONTRACTS = (
    *("grant_number", "grant_date", "grant_reference"),
    *("supervision_number", "supervision_date", "supervision_reference"),
)
TEXTS = ("grant_number", "grant_reference", "supervision_number", "supervision_reference", "note")
MONTHS = ("start_months", "construction_months", "ramp_up_months")
MET = {"start": "started_on", "completion": "completed_on", "full_production": "full_production_on"}
"""Columns that say when each date was kept."""

COLUMNS = (
    Column("parcel", "宗地编号", Type.CODE, required=True, longest=60),
    Column("uscc", "统一社会信用代码", Type.USCC, db=""),
    Column("grant_number", "出让合同编号", longest=80),
    Column("grant_date", "出让合同日期", Type.DATE),
    Column("grant_reference", "出让合同文件", longest=300),
    Column("supervision_number", "监管协议编号", longest=80),
    Column("supervision_date", "监管协议日期", Type.DATE),
    Column("supervision_reference", "监管协议文件", longest=300),
    Column("hand_over", "交地日期", Type.DATE),
    Column("start_months", "约定开工期限", Type.INTEGER, unit="month", low=0, high=240),
    Column("construction_months", "建设周期", Type.INTEGER, unit="month", low=0, high=240),
    Column("ramp_up_months", "达产期", Type.INTEGER, unit="month", low=0, high=240),
    Column("started_on", "实际开工日期", Type.DATE, db=""),
    Column("completed_on", "实际竣工日期", Type.DATE, db=""),
    Column("full_production_on", "实际达产日期", Type.DATE, db=""),
    Column("note", "备注"),
)


def promised_columns() -> tuple[Column, ...]:
    """Every admission indicator that can be promised, under its own name."""
    return tuple(
        Column(code, one.zh, Type.DECIMAL, unit=one.unit, low=one.low, high=one.high, db="")
        for code, one in promisable().items()
    )


def before(load: Load) -> None:
    check_right(load)
    if load.options.replace:
        raise NotAllowed(
            zh="履约记录连同核验历史须予保留，不能整体替换；请去掉替换选项。",
            en="Commitments and the history of their measurements are kept; leave out replace.",
        )


def prepare(batch: Batch, load: Load) -> None:
    """Parcels and firms are looked up, dates put in order; promises and dates kept wait until the rows have their keys."""
    blank_texts(batch, TEXTS)
    parcels = parcels_of(batch, load)
    firms = load.ids(Enterprise, "uscc")
    codes = batch.values("uscc")
    for index in list(batch.alive()):
        parcel = parcels[index]
        if parcel is not None and parcel.status not in HANDED_OVER:
            words = say(zh="宗地尚未预留或出让", en="the parcel is neither reserved nor transferred")
            batch.refuse(index, "parcel", parcel.code, words)
        if codes[index] is not None and codes[index] not in firms:
            words = say(
                zh=f"没有标识为 {codes[index]} 的企业；请先用 enterprises 导入",
                en=f"there is no enterprise {codes[index]}; load it with enterprises first",
            )
            batch.refuse(index, "uscc", codes[index], words)
    _judge_order(batch)
    met = {name: batch.columns.pop(column) for name, column in MET.items() if column in batch.columns}
    promised = {code: batch.columns.pop(code) for code in promisable() if code in batch.columns}
    kept: dict[int, dict[str, date]] = load.remember("met", dict)
    values: dict[int, dict[str, float]] = load.remember("promised", dict)
    for index in batch.alive():
        parcel = parcels[index]
        if parcel is not None:
            kept[parcel.pk] = {name: days[index] for name, days in met.items() if days[index] is not None}
            values[parcel.pk] = {code: column[index] for code, column in promised.items() if column[index] is not None}
    if "uscc" in batch.columns:
        batch.columns.pop("uscc")
        batch.columns["enterprise_id"] = [firms.get(code) for code in codes]
    batch.columns.pop("parcel")
    batch.columns["parcel_id"] = [parcel.pk if parcel else None for parcel in parcels]


def _judge_order(batch: Batch) -> None:
    """From contract to hand-over to full production, none of the kept ones in the future."""
    today = timezone.localdate()
    names = ("grant_date", "hand_over", *MET.values())
    columns = {name: batch.values(name) for name in names}
    for index in list(batch.alive()):
        last: date | None = None
        for name in names:
            day = columns[name][index]
            if day is None:
                continue
            if last is not None and day < last:
                batch.refuse(
                    index, name, day, say(zh=f"早于前一步的日期 {last}", en=f"is before the step before it, {last}")
                )
            if name in MET.values() and day > today:
                batch.refuse(index, name, day, say(zh="日期还没有到", en="lies in the future"))
            last = day


def follow(load: Load) -> None:
    """Dates, promises and limits of the commitments that were loaded; what the file leaves out is the parcel's own."""
    rows = Commitment.objects.running().filter(source=load.source).select_related("parcel")
    commitments = list(rows.defer("parcel__outline", "parcel__web"))
    Milestone.objects.bulk_create(
        [Milestone(commitment=one, name=name) for one in commitments for name in NAMES], ignore_conflicts=True
    )
    _fill_months(commitments)
    _keep_promises(commitments, load.remember("promised", dict))
    kept: Mapping[int, Mapping[str, date]] = load.remember("met", dict)
    by_commitment = {one.pk: kept.get(one.parcel_id, {}) for one in commitments}
    changed = []
    for milestone in Milestone.objects.filter(commitment__in=commitments):
        day = by_commitment[milestone.commitment_id].get(milestone.name)
        if day is not None:
            milestone.met_on = day
            changed.append(milestone)
    Milestone.objects.bulk_update(changed, ["met_on"], batch_size=2000)
    set_due_dates(commitments)
    rows.update(revision=F("revision") + 1)


def _fill_months(commitments: list[Commitment]) -> None:
    changed, start = [], start_indicator()
    for one in commitments:
        limits = limits_of(one.parcel, start)
        own = (limits.start, limits.construction, limits.ramp_up)
        blank = [(name, value) for name, value in zip(MONTHS, own, strict=True) if getattr(one, name) is None]
        for name, value in blank:
            setattr(one, name, value)
        if blank:
            changed.append(one)
    Commitment.objects.bulk_update(changed, MONTHS, batch_size=2000)


def _keep_promises(commitments: list[Commitment], given: Mapping[int, Mapping[str, float]]) -> None:
    """What the file gives stands; what nobody promised yet is what the parcel asks for."""
    indicators = promisable()
    known = {(row.commitment_id, row.indicator): row for row in Promise.objects.filter(commitment__in=commitments)}
    fresh, changed = [], []
    for one in commitments:
        stated = given.get(one.parcel_id, {})
        for code, value in (thresholds_of(one.parcel, indicators) | dict(stated)).items():
            row = known.get((one.pk, code))
            if row is None:
                fresh.append(
                    Promise(
                        commitment=one,
                        indicator=code,
                        committed=value,
                        threshold=value_of(one.parcel, code),
                        department=indicators[code].department,
                    )
                )
            elif code in stated and row.committed != value:
                row.committed = value
                changed.append(row)
    Promise.objects.bulk_create(fresh, batch_size=2000)
    Promise.objects.bulk_update(changed, ["committed"], batch_size=2000)


register(
    Kind(
        name="commitments",
        zh="履约承诺",
        en="Commitments",
        model=Commitment,
        key=("parcel",),
        conflict=("running",),
        columns=COLUMNS,
        extra_columns=promised_columns,
        before=before,
        prepare=prepare,
        after=follow,
    )
)
