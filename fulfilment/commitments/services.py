"""Writing commitments: recorded on transfer or by hand, changed under a revision, measured by one and judged by another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from accounts.models import User
from accounts.rights import Person, may_follow_up
from enterprises.models import Enterprise
from fulfilment.commitments.dates import set_due_dates
from fulfilment.commitments.opening import as_asked, milestones_of, promises_of
from fulfilment.commitments.terms import promisable, start_indicator, value_of
from fulfilment.models import Commitment, Milestone, Promise
from fulfilment.scope import check_reach
from geo.errors import BadParameter, Conflict, NotAllowed
from geo.locking import Labels, changed_meanwhile
from geo.words import say
from landparcels.indicators.own import Indicator
from landparcels.models import Parcel, Status

HANDED_OVER = (Status.RESERVED, Status.TRANSFERRED)
"""A firm commits itself to land that it is about to get, or has."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


LABELS: Mapping[type[Model], Labels] = {
    Commitment: {
        "grant_date": say(zh="出让合同日期", en="the day of the grant contract"),
        "hand_over": say(zh="交地日期", en="the hand-over"),
        "ended_on": say(zh="终止日期", en="the day it ended"),
        "start_months": say(zh="开工期限", en="the time to start"),
        "construction_months": say(zh="建设周期", en="the time to build"),
        "ramp_up_months": say(zh="达产时限", en="the time to full production"),
    },
    Promise: {
        "committed": say(zh="承诺值", en="the committed value"),
        "department": say(zh="核验部门", en="the verifying department"),
    },
    Milestone: {
        "met_on": say(zh="节点完成日期", en="the day a date was kept"),
        "reference": say(zh="证明", en="its paper"),
    },
}


class PromiseForm(TypedDict, total=False):
    indicator: str
    committed: float | None
    department: str


@transaction.atomic
def open_commitment(*, parcel: Parcel, by: User | None) -> Commitment | None:
    """After a transfer: what the parcel asks for becomes what is promised, until the contracts are entered.

    None when a commitment runs already, recorded before the transfer.
    """
    if Commitment.objects.running().filter(parcel=parcel).exists():
        return None
    return _create(parcel, {}, (), by)


@transaction.atomic
def record_commitment(
    *, parcel: Parcel, form: Mapping[str, Any], promises: Sequence[PromiseForm] = (), by: User
) -> Commitment:
    """By hand. `form` holds columns of Commitment; limits and promises that it leaves out are the parcel's own."""
    check_may_record(by, parcel)
    if parcel.status not in HANDED_OVER:
        raise BadParameter(
            "parcel",
            zh=f"宗地 {parcel.code} 尚未预留或出让，没有可登记的承诺。",
            en=f"Parcel {parcel.code} is neither reserved nor transferred; there is nothing to commit to yet.",
        )
    try:
        with transaction.atomic():
            return _create(parcel, form, promises, by)
    except IntegrityError as error:
        raise _another_runs(parcel) from error


@transaction.atomic
def change_commitment(
    *, commitment: Commitment, form: Mapping[str, Any], promises: Sequence[PromiseForm], revision: int | None, by: User
) -> Commitment:
    """Columns and promised values; a form that was opened before someone else's change is refused."""
    check_may_record(by, commitment.parcel)
    fresh = touch(commitment, revision)
    for name, value in form.items():
        setattr(fresh, name, value)
    _check_dates(fresh)
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError as error:  # what had ended goes on
        raise _another_runs(fresh.parcel) from error
    _promise(fresh, promises)
    set_due_dates([fresh])
    return fresh


@transaction.atomic
def keep_date(
    *, commitment: Commitment, name: str, met_on: date | None, reference: str, revision: int | None, by: User
) -> None:
    """Enter that a milestone was met, with its paper; None takes it back."""
    check_may_record(by, commitment.parcel)
    fresh = touch(commitment, revision)
    met = dict(fresh.milestones.values_list("name", "met_on")) | {name: met_on}
    _check_order(fresh, met)
    fresh.milestones.filter(name=name).update(met_on=met_on, reference=reference)


def touch(commitment: Commitment, revision: int | None) -> Commitment:
    """The row as it is now, locked, its revision raised."""
    fresh = Commitment.objects.with_parcel().select_for_update(of=("self",)).get(pk=commitment.pk)
    if revision is not None and revision != fresh.revision:
        rows = (fresh, *fresh.promises.all(), *fresh.milestones.all())
        raise changed_meanwhile(*((row, LABELS[type(row)]) for row in rows))
    Commitment.objects.filter(pk=fresh.pk).update(revision=F("revision") + 1)
    fresh.revision += 1
    return fresh


def firm_of(uscc: str) -> Enterprise:
    firm = Enterprise.objects.filter(uscc=uscc).first()
    if firm is None:
        raise BadParameter(
            "uscc",
            zh=f"没有标识为 {uscc} 的企业；请先导入企业名录。",
            en=f"There is no enterprise {uscc}; load it with the enterprises first.",
        )
    return firm


def check_may_record(by: Person, parcel: Parcel) -> None:
    if not may_follow_up(by):
        raise NotAllowed(zh="您的角色不能登记履约。", en="Your role may not record commitments.")
    check_reach(by, parcel.region)


def _create(parcel: Parcel, form: Mapping[str, Any], promises: Sequence[PromiseForm], by: User | None) -> Commitment:
    commitment = as_asked(parcel, start_indicator(), by)
    for name, value in form.items():
        setattr(commitment, name, value)
    _check_dates(commitment)
    commitment.save()
    Milestone.objects.bulk_create(milestones_of(commitment))
    Promise.objects.bulk_create(promises_of(commitment, promisable()))
    _promise(commitment, promises)
    set_due_dates([commitment])
    return commitment


def _another_runs(parcel: Parcel) -> Conflict:
    return Conflict(
        zh=f"宗地 {parcel.code} 已有正在履行的承诺；请在原记录上修改。",
        en=f"A commitment for parcel {parcel.code} is running already; change that one.",
    )


def _promise(commitment: Commitment, promises: Sequence[PromiseForm]) -> None:
    """Enter or change values one by one; None takes a promise back that nobody has measured."""
    indicators = promisable()
    for form in promises:
        code = form["indicator"]
        indicator = indicators[code]
        row = Promise.objects.filter(commitment=commitment, indicator=code).first()
        value = form.get("committed", row.committed if row else None)
        if value is None:
            _take_back(row, indicator, form)
            continue
        if fault := indicator.fault(value):
            raise BadParameter("promises", zh=f"{fault.zh}。", en=f"{fault.en}.")
        row = row or Promise(commitment=commitment, indicator=code, threshold=value_of(commitment.parcel, code))
        row.committed = value
        row.department = form.get("department", row.department or indicator.department)
        row.save()


def _take_back(row: Promise | None, indicator: Indicator, form: PromiseForm) -> None:
    if row is None and "committed" not in form:
        raise BadParameter(
            "promises", zh=f"请填写{indicator.zh}的承诺值。", en=f"Give the committed value of {indicator.en}."
        )
    if row is None:
        return
    if row.verifications.exists():
        raise BadParameter(
            "promises",
            zh=f"{indicator.zh}已有核验记录，不能删除。",
            en=f"{indicator.en} has been measured and cannot be taken back.",
        )
    row.delete()


def _check_dates(commitment: Commitment) -> None:
    contract, hand_over, ended = commitment.grant_date, commitment.hand_over, commitment.ended_on
    for name, day in (("grant_date", contract), ("hand_over", hand_over), ("ended_on", ended)):
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise BadParameter(
                name,
                zh=f"日期 {day} 不合常理；请填 {FIRST_DAY.year} 至 {LAST_DAY.year} 年之间的日期。",
                en=f"The date {day} is beyond reason; give one from {FIRST_DAY.year} to {LAST_DAY.year}.",
            )
    if contract and hand_over and hand_over < contract:
        raise BadParameter(
            "hand_over",
            zh=f"交地日期 {hand_over} 早于出让合同日期 {contract}。",
            en=f"The land was handed over on {hand_over}, before the grant contract of {contract}.",
        )
    if ended and hand_over and ended < hand_over:
        raise BadParameter(
            "ended_on",
            zh=f"终止日期 {ended} 早于交地日期 {hand_over}。",
            en=f"It ended on {ended}, before the hand-over on {hand_over}.",
        )


def _check_order(commitment: Commitment, met: Mapping[str, date | None]) -> None:
    """Met dates lie in the past and in their order, from the hand-over on."""
    today = timezone.localdate()
    before, what_zh, what_en = commitment.hand_over, "交地", "the hand-over"
    for name, zh, en in (
        ("start", "开工", "the start"),
        ("completion", "竣工", "completion"),
        ("full_production", "达产", "full production"),
    ):
        day = met.get(name)
        if day is None:
            continue
        if day > today:
            raise BadParameter("met_on", zh=f"{zh}日期 {day} 还没有到。", en=f"{day} for {en} lies in the future.")
        if before is not None and day < before:
            raise BadParameter(
                "met_on",
                zh=f"{zh}日期 {day} 早于{what_zh}日期 {before}。",
                en=f"{day} for {en} is before {what_en} on {before}.",
            )
        before, what_zh, what_en = day, zh, en
