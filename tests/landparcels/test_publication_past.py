"""What was shown on a day can be shown again: versions are written by the database as public parcels change."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from accounts.models import User
from geo.errors import Conflict
from geo.importing.options import Options
from geo.importing.run import load_file
from landparcels.models import Parcel, ParcelShown, ParcelTransition, ParcelVersion
from landparcels.publication.services import move
from landparcels.publication.taking_over import PastStep, take_over_history
from tests.factories.complete import complete_parcel
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory, square_outline
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., User]
VISITOR = AnonymousUser()


def noon(day: str) -> datetime:
    """In Shanghai."""
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")


def shown_on(day: str, person: User | AnonymousUser = VISITOR) -> list[ParcelShown]:
    rows = ParcelShown.objects.on(date.fromisoformat(day)).visible_to(person).order_by("code")
    return cast(list[ParcelShown], list(rows))


@pytest.fixture
def people(person: MakePerson) -> Iterator[tuple[User, User]]:
    RegionFactory(adcode="990001", is_root=True, outline=rectangle(120, 36, 121, 37))
    yield person("land"), person("reviewer")


@pytest.fixture
def published(people: tuple[User, User]) -> Parcel:
    """Since noon of 1 March 2026, at 30."""
    officer, reviewer = people
    parcel = complete_parcel(code="A1", region_id="990001")
    for actor, action, day in (
        (officer, "submit", "2026-02-20"),
        (reviewer, "approve", "2026-02-25"),
        (reviewer, "publish", "2026-03-01"),
    ):
        move(code="A1", action=action, by=actor, at=noon(day))  # type: ignore[arg-type]  # words of the table
    parcel.refresh_from_db()
    return parcel


def test_a_parcel_is_shown_from_the_day_of_its_publication(published: Parcel) -> None:
    assert shown_on("2026-02-28") == []
    assert [one.code for one in shown_on("2026-03-01")] == ["A1"]
    assert published.shown_since == noon("2026-03-01")


def test_a_day_ends_at_midnight_in_shanghai(people: tuple[User, User]) -> None:
    ParcelFactory(code="LATE", shown_since=datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC))
    ParcelFactory(code="NEXT", shown_since=datetime(2026, 3, 1, 16, 0, 0, tzinfo=UTC))

    assert [one.code for one in shown_on("2026-03-01")] == ["LATE"]
    assert [one.code for one in shown_on("2026-03-02")] == ["LATE", "NEXT"]


def test_a_changed_value_is_shown_as_it_was_on_the_day(published: Parcel) -> None:
    Parcel.objects.update(start_price=36)

    today = timezone.localdate().isoformat()
    assert [one.start_price for one in shown_on("2026-03-01")] == [30]
    assert [one.start_price for one in shown_on(today)] == [36]


def test_states_are_shown_as_they_were(published: Parcel, people: tuple[User, User]) -> None:
    move(code="A1", action="reserve", by=people[0], at=noon("2026-04-10"))
    move(code="A1", action="transfer", by=people[0], at=noon("2026-05-20"))

    days = ("2026-03-15", "2026-04-10", "2026-05-19", "2026-05-20")
    assert [[one.status for one in shown_on(day)] for day in days] == [
        ["published"],
        ["reserved"],
        ["reserved"],
        ["transferred"],
    ]


def test_a_changed_outline_makes_a_version_even_on_the_same_day(people: tuple[User, User]) -> None:
    parcel = ParcelFactory(code="A1", status="published")
    first = parcel.outline.clone()

    Parcel.objects.update(outline=square_outline(120.3, 36.2, 0.002))

    (version,) = ParcelVersion.objects.all()
    assert version.outline.equals(first)
    assert version.area_mu == pytest.approx(14.96, abs=0.05)
    parcel.refresh_from_db()
    assert version.valid_to == parcel.shown_since
    assert parcel.area_mu == pytest.approx(4 * (version.area_mu or 0), rel=1e-3)


def test_a_loaded_outline_makes_a_version_and_the_old_one_is_shown_again(published: Parcel, tmp_path: Path) -> None:
    file = tmp_path / "parcels.csv"
    square = "POLYGON((120.3 36.2,120.302 36.2,120.302 36.202,120.3 36.202,120.3 36.2))"
    file.write_text(f'code,wkt\nA1,"{square}"\n', encoding="utf-8")
    load_file("parcels", file, Options(crs="EPSG:4490"))

    (before,) = shown_on("2026-03-02")
    (now,) = shown_on(timezone.localdate().isoformat())
    assert before.outline.equals(published.outline)
    assert now.outline.extent == pytest.approx((120.3, 36.2, 120.302, 36.202))
    assert now.label_point is not None
    assert now.label_point.within(now.outline)


def test_values_that_change_within_one_day_leave_the_last_of_the_day(people: tuple[User, User]) -> None:
    ParcelFactory(code="A1", status="published")
    for price in (31, 32, 33):
        Parcel.objects.update(start_price=price)

    assert not ParcelVersion.objects.exists()
    assert [one.start_price for one in shown_on(timezone.localdate().isoformat())] == [33]


def test_writing_the_same_again_makes_no_version(published: Parcel) -> None:
    Parcel.objects.update(start_price=30)
    Parcel.objects.update(cell=17)

    assert not ParcelVersion.objects.exists()


def test_drafts_have_no_past(people: tuple[User, User]) -> None:
    parcel = ParcelFactory(code="A1", status="draft")
    Parcel.objects.update(start_price=36, outline=square_outline(120.3, 36.2, 0.002))

    parcel.refresh_from_db()
    assert parcel.shown_since is None
    assert not ParcelVersion.objects.exists()


def test_what_was_withdrawn_is_hidden_from_visitors_on_every_day_and_shown_to_staff(
    published: Parcel, people: tuple[User, User], person: MakePerson
) -> None:
    RegionFactory(adcode="990002", is_root=True)
    move(code="A1", action="withdraw", by=people[1], note="界址有误")

    assert shown_on("2026-03-15") == []
    assert shown_on("2026-03-15", person("investor")) == []
    assert shown_on("2026-03-15", person("land", region="990002")) == []
    assert [one.code for one in shown_on("2026-03-15", person("land", region="990001"))] == ["A1"]
    assert shown_on(timezone.localdate().isoformat(), people[0]) == []


def test_what_was_shown_outlives_the_parcel_for_staff(published: Parcel, people: tuple[User, User]) -> None:
    Parcel.objects.all().delete()

    assert [one.code for one in shown_on("2026-03-15", people[0])] == ["A1"]
    assert shown_on("2026-03-15") == []


def test_a_row_of_a_day_has_every_column_of_a_parcel(published: Parcel) -> None:
    Parcel.objects.update(start_price=36)
    (before,) = shown_on("2026-03-15")

    for field in Parcel._meta.concrete_fields:
        if field.name not in ("start_price", "shown_since"):
            assert getattr(before, field.attname) == getattr(published, field.attname), field.name


def test_versions_join_without_gap_or_overlap(published: Parcel) -> None:
    for price, side in ((31, 0.002), (32, 0.003), (33, 0.004)):
        Parcel.objects.update(start_price=price, outline=square_outline(120.3, 36.2, side))

    times: list[tuple[datetime | None, datetime | None]] = list(
        ParcelVersion.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    )
    times.append((Parcel.objects.get().shown_since, None))
    assert times[0][0] == noon("2026-03-01")
    assert [one[1] for one in times[:-1]] == [one[0] for one in times[1:]]


def test_a_bulk_change_of_another_day_keeps_each_row(people: tuple[User, User]) -> None:
    since = timezone.now() - timedelta(days=3)
    for number in range(5):
        ParcelFactory(code=f"A{number}", shown_since=since, start_price=30)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE landparcels_parcel SET start_price = 40")

    assert ParcelVersion.objects.filter(start_price=30, valid_from=since).count() == 5


def past(*steps: tuple[str, str]) -> list[PastStep]:
    return [PastStep("A1", action, noon(day), "officer") for action, day in steps]  # type: ignore[arg-type]  # words


def test_a_history_kept_elsewhere_is_taken_over_with_what_was_shown(people: tuple[User, User]) -> None:
    ParcelFactory(code="A1", status="reserved", start_price=30)

    take_over_history(
        past(
            ("submit", "2026-01-05"),
            ("approve", "2026-01-08"),
            ("publish", "2026-01-10"),
            ("reserve", "2026-04-01"),
        )
    )

    assert [[one.status for one in shown_on(day)] for day in ("2026-01-09", "2026-01-10", "2026-03-31")] == [
        [],
        ["published"],
        ["published"],
    ]
    assert [(one.status, one.start_price) for one in shown_on("2026-04-01")] == [("reserved", 30)]
    assert Parcel.objects.get().shown_since == noon("2026-04-01")
    assert ParcelVersion.objects.count() == 1


@pytest.mark.parametrize(
    "steps",
    [
        [("submit", "2026-01-05"), ("publish", "2026-01-08")],
        [("submit", "2026-01-05")],
        [("publish", "2026-01-05")],
    ],
)
def test_a_history_that_is_not_legal_or_ends_elsewhere_is_refused_whole(
    people: tuple[User, User], steps: list[tuple[str, str]]
) -> None:
    ParcelFactory(code="A1", status="published")

    with pytest.raises(Conflict):
        take_over_history(past(*steps))

    assert not ParcelTransition.objects.exists()


def test_a_parcel_with_a_history_takes_over_no_other(published: Parcel) -> None:
    with pytest.raises(Conflict):
        take_over_history(past(("submit", "2025-01-05")))
