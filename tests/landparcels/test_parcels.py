"""Parcels in the database: what follows from the outline, who sees what, and truths it keeps."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import AuditEntry, User
from geo.models import Region
from geo.versions import stamp
from landparcels.models import Parcel, RegionalValue, RequirementProfile, Status
from tests.factories.landparcels import ParcelFactory, RegionalValueFactory, RequirementProfileFactory, square_outline

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def regions() -> None:
    Region.objects.create(adcode="370200", name="青岛市", level="city", path="/370200/")
    Region.objects.create(adcode="370211", name="黄岛区", level="district", parent_id="370200", path="/370200/370211/")
    Region.objects.create(adcode="370213", name="李沧区", level="district", parent_id="370200", path="/370200/370213/")


def test_area_and_label_point_follow_from_the_outline() -> None:
    """At the equator 0.001° are 111.32 m east and 110.57 m north: 12,309 m², 18.46 mu."""
    parcel = ParcelFactory(outline=square_outline(120.0, 0.0))
    parcel.refresh_from_db()

    assert parcel.area_mu == pytest.approx(18.46, abs=0.01)
    assert parcel.label_point.coords == pytest.approx((120.0, 0.0))

    parcel.outline = square_outline(120.0, 0.0, 0.002)
    parcel.save()
    parcel.refresh_from_db()
    assert parcel.area_mu == pytest.approx(4 * 18.46, abs=0.04)


def test_visitors_see_what_was_published_and_what_became_of_it() -> None:
    for status in Status.values:
        ParcelFactory(status=status)

    seen = set(Parcel.objects.visible_to(VISITOR).values_list("status", flat=True))

    assert seen == {"published", "reserved", "transferred"}


def test_an_investor_sees_what_a_visitor_sees(person: Callable[..., User]) -> None:
    ParcelFactory(status="draft")

    assert not Parcel.objects.visible_to(person("investor")).exists()


@pytest.mark.usefixtures("regions")
def test_staff_see_drafts_of_their_own_region_alone(person: Callable[..., User]) -> None:
    ParcelFactory(code="mine", status="draft", region_id="370211")
    ParcelFactory(code="theirs", status="draft", region_id="370213")
    ParcelFactory(code="nowhere", status="draft")
    ParcelFactory(code="public", status="published", region_id="370213")

    def seen(user: User) -> set[str]:
        return set(Parcel.objects.visible_to(user).values_list("code", flat=True))

    assert seen(person("land", region="370211")) == {"mine", "public"}
    assert seen(person("land", region="370200")) == {"mine", "theirs", "public"}
    assert seen(person("planner")) == {"mine", "theirs", "nowhere", "public"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "sold"},
        {"hazard_max": "huge"},
        {"supply_mode": "gift"},
        {"far_min": 2.0, "far_max": 1.0},
        {"bid_start": date(2026, 5, 2), "bid_deadline": date(2026, 5, 1)},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ParcelFactory(**wrong)


def test_the_database_refuses_two_values_of_one_region_at_a_time(regions: None) -> None:
    RegionalValueFactory(region_id="370200", valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30))
    RegionalValueFactory(region_id="370200", valid_from=date(2024, 7, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        RegionalValueFactory(region_id="370200", valid_from=date(2024, 6, 30), valid_to=date(2024, 6, 30))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "wrong",
    [
        {"indicator": "far_min"},
        {"valid_from": date(2024, 2, 1), "valid_to": date(2024, 1, 1)},
    ],
)
def test_the_database_refuses_a_regional_value_that_cannot_be(regions: None, wrong: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        RegionalValueFactory(region_id="370200", **wrong)


@pytest.mark.parametrize("wrong", [{"basis": "per_moon"}, {"low": 30.0}, {"high": 10.0}])
def test_the_database_refuses_a_profile_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementProfileFactory(**wrong)


def test_a_period_holds_on_its_last_day(regions: None) -> None:
    RegionalValueFactory(region_id="370200", valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30))

    assert RegionalValue.objects.valid_on(date(2024, 6, 30)).exists()
    assert not RegionalValue.objects.valid_on(date(2024, 7, 1)).exists()


def test_profiles_of_an_industry_come_with_those_of_its_prefixes_the_narrowest_first() -> None:
    for scope in ("38", "384", "3841", "39", "batteries/cathode"):
        RequirementProfileFactory(scope=scope)

    def scopes(asked: str) -> list[str]:
        return [profile.scope for profile in RequirementProfile.objects.for_scope(asked)]

    assert scopes("3841") == ["3841", "384", "38"]
    assert scopes("batteries/cathode") == ["batteries/cathode"]


def test_a_persons_edit_is_audited_and_changes_the_version() -> None:
    parcel = ParcelFactory(start_price=20.0)
    before = stamp("parcels")

    parcel.start_price = 25.0
    parcel.save()

    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.before, entry.after) == ("update", {"start_price": 20.0}, {"start_price": 25.0})
    assert stamp("parcels") > before
