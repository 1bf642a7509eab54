"""Measurements of promises: recorded by one person, confirmed or returned by another, never overwritten."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights import may_verify
from fulfilment.commitments.results import Result, compare
from fulfilment.commitments.services import check_may_record, touch
from fulfilment.commitments.terms import promisable
from fulfilment.models import Commitment, Promise, Verification
from fulfilment.scope import check_reach
from geo.errors import BadParameter, Conflict, NotAllowed
from landparcels.indicators.own import Indicator


@transaction.atomic
def record_measurement(
    *,
    commitment: Commitment,
    indicator: str,
    phase: str,
    value: float,
    measured_on: date,
    reference: str,
    note: str,
    by: User,
) -> Verification:
    """What was measured of a promise at completion or at full production, with its evidence."""
    check_may_record(by, commitment.parcel)
    promise = Promise.objects.filter(commitment=commitment, indicator=indicator).first()
    if promise is None:
        raise BadParameter(
            "indicator",
            zh=f"这份承诺里没有指标“{indicator}”。",
            en=f"This commitment promises nothing about {indicator}.",
        )
    declared = promisable().get(indicator)
    if declared is not None and (fault := declared.fault(value)):
        raise BadParameter("value", zh=f"{fault.zh}。", en=f"{fault.en}.")
    if measured_on > timezone.localdate():
        raise BadParameter("measured_on", zh=f"{measured_on} 还没有到。", en=f"{measured_on} lies in the future.")
    touch(commitment, None)
    return Verification.objects.create(
        promise=promise,
        phase=phase,
        value=value,
        measured_on=measured_on,
        reference=reference,
        note=note,
        recorded_by=by,
    )


@transaction.atomic
def judge_measurement(
    *, verification: Verification, verdict: str, judgement: str, rectify_until: date | None, by: User
) -> Verification:
    """The verifying department's word. A period to put things right is given only where something falls short."""
    commitment = Commitment.objects.with_parcel().get(promises=verification.promise_id)
    if not may_verify(by):
        raise NotAllowed(zh="您的角色不能核验。", en="Your role may not verify measurements.")
    check_reach(by, commitment.parcel.region)
    touch(commitment, None)
    fresh = Verification.objects.select_for_update(of=("self",)).select_related("promise").get(pk=verification.pk)
    if fresh.verdict is not None:
        raise Conflict(zh="这条记录已经核验过了。", en="This measurement has been judged already.")
    if fresh.recorded_by_id == by.pk:
        raise NotAllowed(
            zh="核验人不能是登记人；请由另一位工作人员核验。",
            en="Whoever recorded a measurement may not verify it; another person has to.",
        )
    if rectify_until is not None:
        _check_period(fresh, verdict, rectify_until)
    fresh.verdict, fresh.judgement, fresh.rectify_until = verdict, judgement, rectify_until
    fresh.judged_by, fresh.judged_at = by, timezone.now()
    fresh.save()
    return fresh


def result_of(promise: Promise, value: float, indicator: Indicator | None) -> Result:
    """In the indicator's own direction; one that the city has given up since is taken as a floor."""
    bound = indicator.bound if indicator is not None else "at_least"
    return compare(promise.committed, value, bound)


def _check_period(verification: Verification, verdict: str, until: date) -> None:
    result = result_of(verification.promise, verification.value, promisable().get(verification.promise.indicator))
    if verdict != Verification.Verdict.CONFIRMED or result.met:
        raise BadParameter(
            "rectify_until",
            zh="只有确认未达标时才给整改期。",
            en="Only a confirmed shortfall is given a period to put it right.",
        )
    if until <= verification.measured_on:
        raise BadParameter(
            "rectify_until",
            zh=f"整改期 {until} 不晚于测量日 {verification.measured_on}。",
            en=f"The period ends on {until}, not after the measurement of {verification.measured_on}.",
        )
