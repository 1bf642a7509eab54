from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Notification, User
from fulfilment.commitments.verifying import judge_measurement, record_measurement
from fulfilment.models import Commitment, Milestone
from fulfilment.readiness.checklist import ITEMS
from fulfilment.reminding import land_staff, remind_of_dates, warn_of_gaps
from geo.models import Region
from landparcels.indicators.city import CityIndicator
from landparcels.models import Parcel
from landparcels.publication.services import move
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.fulfilment import ReadinessItemFactory, commitment_for
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., User]
LISTING = date(2026, 6, 10)


@pytest.fixture
def district() -> Region:
    city = RegionFactory(adcode="990000", level="city", is_root=True)
    RegionFactory(adcode="990002", parent=city)
    return RegionFactory(adcode="990001", parent=city)


def test_land_staff_of_a_region_are_those_whose_role_reaches_it(district: Region, person: MakePerson) -> None:
    reaching = {person("land", region=region) for region in ("", "990000", "990001")}
    person("land", region="990002")
    person("reviewer", region="990001")
    person("land", region="990001", is_active=False)
    assert set(land_staff(district)) == reaching
    assert {one.region_code for one in land_staff(None)} == {""}


def waiting(district: Region, **columns: object) -> Parcel:
    return ParcelFactory(
        **{"code": "P1", "status": "approved", "region": district, "planned_listing": LISTING, **columns}
    )


@pytest.mark.parametrize(("days", "told"), [(-3, 0), (-2, 2), (0, 2), (1, 0)])
def test_what_is_missing_is_told_from_48_hours_before_the_listing(
    district: Region, person: MakePerson, days: int, told: int
) -> None:
    officer = person("land", region="990001")
    parcel = waiting(district)
    for item in ITEMS:
        state = {"power": "under_way", "water": "missing", "flood": "missing"}.get(item, "done")
        ReadinessItemFactory(parcel=parcel, item=item, state=state)
    assert warn_of_gaps(LISTING + timedelta(days)) == told
    said = list(Notification.objects.filter(user=officer).values_list("zh", flat=True))
    assert len(said) == told
    if told:
        assert any("供电还差：供电（办理中）" in one for one in said)
        assert any("水务还差：给水、防洪影响（洪水影响）评价" in one for one in said)


def test_a_department_is_warned_of_what_it_owes_and_of_nothing_else(district: Region, person: MakePerson) -> None:
    officer, power = person("land", region="990001"), person("planner", region="990000", department="供电")
    person("planner", region="990002", department="供电")
    person("investor", department="供电")
    parcel = waiting(district)
    for item in ITEMS:
        ReadinessItemFactory(parcel=parcel, item=item, state="missing" if item in ("power", "water") else "done")

    assert warn_of_gaps(LISTING) == 3

    told = Notification.objects.order_by("user", "zh").values_list("user", "zh")
    assert {(user, said.rpartition("，")[2]) for user, said in told} == {
        (officer.pk, "供电还差：供电"),
        (officer.pk, "水务还差：给水"),
        (power.pk, "供电还差：供电"),
    }


def test_each_department_is_warned_of_once(district: Region, person: MakePerson) -> None:
    person("land", region="990001")
    waiting(district)
    first = warn_of_gaps(LISTING - timedelta(2))
    assert first > 0
    assert warn_of_gaps(LISTING - timedelta(1)) == 0


def test_a_ready_parcel_and_one_that_is_taken_are_not_warned_of(district: Region, person: MakePerson) -> None:
    person("land")
    ready = waiting(district)
    for item in ITEMS:
        ReadinessItemFactory(parcel=ready, item=item)
    waiting(district, code="P2", status="transferred", lng=120.4)
    assert warn_of_gaps(LISTING) == 0


def test_dates_are_reminded_of_30_days_before_and_when_overdue_once_each(district: Region, person: MakePerson) -> None:
    officer = person("land", region="990001")
    commitment_for(
        ParcelFactory(code="P1", region=district, status="transferred"),
        hand_over=date(2026, 1, 1),
        enterprise=EnterpriseFactory(name="远航电子"),
    )
    due = date(2026, 7, 1)
    for day, told in ((due - timedelta(31), 0), (due - timedelta(30), 1), (due, 0), (due + timedelta(1), 1)):
        assert remind_of_dates(day) == told, day
        assert remind_of_dates(day) == 0
    said = Notification.objects.filter(user=officer).order_by("pk").values_list("en", "link")
    assert [one for one, _ in said] == [
        "Parcel P1 (远航电子): start of building is due on 2026-07-01",
        "Parcel P1 (远航电子): start of building was due on 2026-07-01",
    ]
    assert said[0][1] == f"/fulfilment?commitment={Commitment.objects.get().pk}"


def test_a_date_that_was_kept_or_a_commitment_that_ended_is_quiet(district: Region, person: MakePerson) -> None:
    person("land")
    kept = commitment_for(ParcelFactory(region=district, status="transferred"), hand_over=date(2026, 1, 1))
    kept.milestones.update(met_on=date(2026, 2, 1))
    ended = ParcelFactory(region=district, status="transferred", lng=120.4)
    commitment_for(ended, hand_over=date(2026, 1, 1), ended_on=date(2026, 2, 1))
    assert remind_of_dates(date(2026, 12, 1)) == 0


def test_the_end_of_a_period_to_put_right_is_told_unless_measured_again(district: Region, person: MakePerson) -> None:
    recorder, verifier = person("land"), person("reviewer")
    parcel = ParcelFactory(region=district, status="transferred", investment_intensity_min=300)
    commitment = commitment_for(parcel, hand_over=None)
    today = timezone.localdate()
    measured = {
        "commitment": commitment,
        "indicator": "investment_intensity_min",
        "phase": "completion",
        "reference": "",
        "note": "",
        "by": recorder,
    }
    short = record_measurement(**measured, value=200, measured_on=today - timedelta(90))  # type: ignore[arg-type]
    until = today - timedelta(1)
    judge_measurement(verification=short, verdict="confirmed", judgement="", rectify_until=until, by=verifier)
    assert remind_of_dates(until) == 0
    assert remind_of_dates(today) == 1
    assert remind_of_dates(today) == 0
    Notification.objects.all().delete()
    record_measurement(**measured, value=310, measured_on=today)  # type: ignore[arg-type]
    assert remind_of_dates(today) == 0


def test_a_transfer_opens_the_commitment(
    district: Region, person: MakePerson, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    parcel = ParcelFactory(code="P1", region=district, status="reserved", tax_per_mu_min=20, construction_months_max=24)
    by = person("admin")
    with django_capture_on_commit_callbacks(execute=True):
        move(code="P1", action="transfer", by=by)
    commitment = Commitment.objects.get(parcel=parcel)
    assert (commitment.recorded_by, commitment.enterprise, commitment.start_months) == (by, None, 6)
    assert commitment.promises.get().committed == 20
    assert Milestone.objects.filter(commitment=commitment, due=None).count() == 3


def test_a_commitment_entered_before_the_transfer_stays(
    district: Region, person: MakePerson, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = commitment_for(ParcelFactory(code="P1", region=district, status="reserved"))
    with django_capture_on_commit_callbacks(execute=True):
        move(code="P1", action="transfer", by=person("admin"))
    assert Commitment.objects.get() == before


def test_the_citys_own_start_limit_comes_before_the_setting(district: Region) -> None:
    CityIndicator.objects.create(
        code="start_months", name_zh="约定开工期限", group="terms", type="number", unit="month", bound="at_most"
    )
    with_own = commitment_for(ParcelFactory(region=district, extra={"start_months": 3}), hand_over=date(2026, 1, 31))
    without = commitment_for(ParcelFactory(region=district, lng=120.4), hand_over=date(2026, 1, 31))
    assert with_own.milestones.get(name="start").due == date(2026, 4, 30)
    assert without.milestones.get(name="start").due == date(2026, 7, 31)


def test_an_admission_indicator_of_the_citys_own_can_be_promised(district: Region) -> None:
    CityIndicator.objects.create(
        code="vocs", name_zh="单位增加值 VOCs", group="admission", type="number", unit="kg", bound="at_most"
    )
    commitment = commitment_for(ParcelFactory(region=district, extra={"vocs": 0.2}))
    assert list(commitment.promises.values_list("indicator", "committed")) == [("vocs", 0.2)]
