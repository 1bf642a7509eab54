"""Who is told of what in time, once of each thing: land staff of the region, and of what a department owes its own people."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Role, User
from accounts.notifications import notify
from fulfilment.commitments.milestones import SOON_DAYS
from fulfilment.commitments.terms import promisable
from fulfilment.commitments.verifying import result_of
from fulfilment.commitments.wording import MILESTONE_WORDS
from fulfilment.models import Milestone, Verification
from fulfilment.querysets import HEAVY
from fulfilment.readiness.records import readiness_of
from fulfilment.readiness.wording import by_department, department_words
from geo.models import Region
from landparcels.models import Parcel, Status
from landparcels.regional import line_of

READINESS, COMMITMENTS = "readiness", "commitments"
WARN_BEFORE = timedelta(hours=48)
LISTED_LATER = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.PUBLISHED)


def land_staff(region: Region | None) -> list[User]:
    """People of the land office whose role reaches this region."""
    return list(_reaching(region).filter(role=Role.LAND))


def who_answers_for(department: str, region: Region | None) -> list[User]:
    """Land staff, and the people of that department, whatever their role in staff."""
    return list(_reaching(region).exclude(role=Role.INVESTOR).filter(Q(role=Role.LAND) | Q(department=department)))


def _reaching(region: Region | None) -> QuerySet[User]:
    above = line_of(region.path) or [region.adcode] if region is not None else []
    return User.objects.filter(Q(region_code="") | Q(region_code__in=above), is_active=True)


def warn_of_gaps(today: date | None = None) -> int:
    """What is missing 48 hours before a planned listing, department by department; answers how many were told."""
    day = today or timezone.localdate()
    rows = Parcel.objects.filter(
        planned_listing__gte=day, planned_listing__lte=day + WARN_BEFORE, status__in=LISTED_LATER
    )
    told = 0
    for parcel in rows.select_related("region").defer("outline", "web", "region__outline", "region__web"):
        owed = by_department(readiness_of(parcel).missing)
        for department, items in owed.items():
            said = department_words(department)
            told += notify(
                who_answers_for(department, parcel.region),
                topic=READINESS,
                zh=f"宗地 {parcel.code} 计划于 {parcel.planned_listing} 挂牌，{said.zh}还差：{items.zh}",
                en=f"Parcel {parcel.code} is to be listed on {parcel.planned_listing}; {said.en} still owes: {items.en}",
                link=f"/land/parcels/{parcel.code}",
                key=f"readiness:{parcel.code}:{parcel.planned_listing}:{department}",
            )
    return told


def remind_of_dates(today: date | None = None) -> int:
    """Dates within 30 days and dates that passed, and periods to put things right that ended; each once."""
    day = today or timezone.localdate()
    return _remind_of_milestones(day) + _remind_of_rectification(day)


def _remind_of_milestones(day: date) -> int:
    due = Milestone.objects.filter(
        met_on=None, due__lte=day + timedelta(days=SOON_DAYS), commitment__ended_on=None
    ).select_related("commitment__parcel__region", "commitment__enterprise")
    told = 0
    for milestone in due.defer(*(f"commitment__{name}" for name in HEAVY)):
        assert milestone.due is not None  # asked for
        commitment = milestone.commitment
        what = MILESTONE_WORDS[milestone.name]  # type: ignore[index]  # a constraint holds it to the names
        late = milestone.due < day
        whose = commitment.enterprise.name if commitment.enterprise else ""
        code = commitment.parcel.code
        told += notify(
            land_staff(commitment.parcel.region),
            topic=COMMITMENTS,
            zh=f"宗地 {code}{f'（{whose}）' if whose else ''}{what.zh}{'已逾期，应于' if late else '将到期：'} {milestone.due}",
            en=f"Parcel {code}{f' ({whose})' if whose else ''}: {what.en} {'was' if late else 'is'} due on {milestone.due}",
            link=f"/fulfilment?commitment={commitment.pk}",
            key=f"commitment:{commitment.pk}:{milestone.name}:{milestone.due}:{'overdue' if late else 'soon'}",
        )
    return told


def _remind_of_rectification(day: date) -> int:
    told = 0
    indicators = promisable()
    for one in _ended_periods(day):
        promise, commitment = one.promise, one.promise.commitment
        indicator = indicators.get(promise.indicator)
        if result_of(promise, one.value, indicator).met:
            continue
        zh, en = (indicator.zh, indicator.en) if indicator else (promise.indicator, promise.indicator)
        code = commitment.parcel.code
        told += notify(
            land_staff(commitment.parcel.region),
            topic=COMMITMENTS,
            zh=f"宗地 {code}：{zh}的整改期已于 {one.rectify_until} 结束，请复核",
            en=f"Parcel {code}: the period to put {en} right ended on {one.rectify_until}; measure again",
            link=f"/fulfilment?commitment={commitment.pk}",
            key=f"rectification:{one.pk}:{one.rectify_until}",
        )
    return told


def _ended_periods(day: date) -> Iterator[Verification]:
    """Periods that ended without a newer measurement of the same promise and moment."""
    rows = Verification.objects.filter(
        verdict=Verification.Verdict.CONFIRMED, rectify_until__lt=day, promise__commitment__ended_on=None
    ).select_related("promise__commitment__parcel__region")
    for one in rows.defer(*(f"promise__commitment__{name}" for name in HEAVY)):
        newer = one.promise.verifications.filter(phase=one.phase, measured_on__gt=one.measured_on)
        if not newer.exclude(verdict=Verification.Verdict.RETURNED).exists():
            yield one
