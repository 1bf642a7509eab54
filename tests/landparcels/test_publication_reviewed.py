"""What is published is what was approved: changes after the approval are found, named, and reviewed again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.gis.geos import Polygon

from accounts.models import User
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import RegionPiece
from landparcels.documents.models import ParcelDocument
from landparcels.models import Parcel, ParcelTransition
from landparcels.publication.desk import desk_of
from landparcels.publication.errors import ChangedSinceApproval, OutOfTurn
from landparcels.publication.reviewed import changed_since_review, changes
from landparcels.publication.services import move
from tests.factories.complete import complete_parcel
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import CityIndicatorFactory, square_outline
from tests.shapes import rectangle

MakePerson = Callable[..., User]
SQUARE = "POLYGON((120.2995 36.1995,120.3005 36.1995,120.3005 36.2005,120.2995 36.2005,120.2995 36.1995))"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def people(person: MakePerson) -> tuple[User, User]:
    return person("land", username="officer"), person("reviewer", username="reviewer")


@pytest.fixture
def approved(people: tuple[User, User]) -> Parcel:
    city = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 121, 37))
    RegionPiece.objects.create(region=city, outline=Polygon.from_bbox((120, 36, 121, 37)))
    parcel = complete_parcel(code="A1", region=city)
    move(code="A1", action="submit", by=people[0])
    move(code="A1", action="approve", by=people[1])
    return parcel


def names() -> list[str]:
    return [one.name for found in changed_since_review(Parcel.objects.all()).values() for one in found]


def test_what_stands_as_it_was_approved_is_published(approved: Parcel, people: tuple[User, User]) -> None:
    move(code="A1", action="publish", by=people[1])

    assert Parcel.objects.get().status == "published"


def test_a_value_changed_after_the_approval_is_not_published_and_is_named(
    approved: Parcel, people: tuple[User, User]
) -> None:
    Parcel.objects.update(start_price=42.0, contact_phone="0532-2")

    with pytest.raises(ChangedSinceApproval) as refused:
        move(code="A1", action="publish", by=people[1])

    assert "Listing price 30 ×10k CNY/mu → 42 ×10k CNY/mu" in str(refused.value)
    assert "Telephone 0532-00000001 → 0532-2" in str(refused.value)
    assert Parcel.objects.get().status == "approved"


def test_submitted_and_approved_again_it_is_published(approved: Parcel, people: tuple[User, User]) -> None:
    officer, reviewer = people
    Parcel.objects.update(start_price=42.0)

    move(code="A1", action="submit", by=officer)
    move(code="A1", action="approve", by=reviewer)
    move(code="A1", action="publish", by=reviewer)

    assert Parcel.objects.get().status == "published"


def test_what_did_not_change_is_not_submitted_again(approved: Parcel, people: tuple[User, User]) -> None:
    with pytest.raises(OutOfTurn):
        move(code="A1", action="submit", by=people[0])


def test_a_change_that_is_taken_back_is_none(approved: Parcel) -> None:
    Parcel.objects.update(start_price=42.0)
    assert names() == ["start_price"]

    Parcel.objects.update(start_price=30.0)
    assert names() == []


def test_outline_evidence_own_values_and_papers_count(approved: Parcel) -> None:
    CityIndicatorFactory(code="steam_supply", name_zh="可供蒸汽", unit="t/h")
    Parcel.objects.update(
        outline=square_outline(120.4, 36.3),
        extra={"steam_supply": 20.0},
        evidence={"start_price": {"expires": "2027-01-01"}},
    )
    paper = ParcelDocument.objects.create(
        parcel=approved,
        name="Survey",
        kind="survey",
        file_name="a.pdf",
        path="documents/x",
        media_type="a",
        size=1,
        sha256="ab",
    )

    assert set(names()) == {"outline", "steam_supply", "evidence.start_price", f"document.{paper.pk}"}


def test_what_follows_from_the_surroundings_does_not_count(approved: Parcel) -> None:
    Parcel.objects.update(highway_km=3.0, electricity_price=0.7, regional_assessments=4)

    assert names() == []


def load(folder: Path, text: str, by: User) -> int:
    file = folder / "parcels.csv"
    file.write_text(text, encoding="utf-8")
    return load_file("parcels", file, Options(crs="EPSG:4490"), by=by).rejected


def test_a_file_that_changes_what_was_approved_is_noticed(
    approved: Parcel, people: tuple[User, User], tmp_path: Path
) -> None:
    load(tmp_path, f'code,start_price,wkt\nA1,42,"{SQUARE}"\n', people[0])

    assert "start_price" in names()
    with pytest.raises(ChangedSinceApproval):
        move(code="A1", action="publish", by=people[1])


def test_a_file_does_not_take_the_reviewers_steps(approved: Parcel, person: MakePerson, tmp_path: Path) -> None:
    rejected = load(tmp_path, f'code,status,start_price,wkt\nA1,published,42,"{SQUARE}"\n', person("admin"))

    assert rejected == 1
    assert Parcel.objects.get().status == "approved"


def test_what_a_file_brings_as_approved_is_held_to_what_it_said(person: MakePerson, tmp_path: Path) -> None:
    load(tmp_path, f'code,status,start_price,wkt\nB1,approved,30,"{SQUARE}"\n', person("admin"))
    assert names() == []

    Parcel.objects.update(start_price=31.0)
    assert names() == ["start_price"]


def test_whoever_changed_it_after_the_submission_does_not_approve_it(person: MakePerson, tmp_path: Path) -> None:
    RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 121, 37))
    complete_parcel(code="A1", region_id="990000")
    admin = person("admin", username="second")
    move(code="A1", action="submit", by=person("land"))
    load(tmp_path, f'code,start_price,wkt\nA1,42,"{SQUARE}"\n', admin)

    with pytest.raises(NotAllowed):
        move(code="A1", action="approve", by=admin)


def test_an_approval_older_than_the_keeping_of_contents_stands(approved: Parcel, people: tuple[User, User]) -> None:
    ParcelTransition.objects.create(
        parcel=approved, code="A1", action="approve", before="submitted", after="approved",
        at=datetime(2026, 1, 1, tzinfo=UTC), actor="reviewer",
    )  # fmt: skip
    Parcel.objects.update(start_price=42.0)

    assert names() == []
    move(code="A1", action="publish", by=people[1])


def test_the_desk_shows_what_was_changed_to_whoever_submits_it_again(
    approved: Parcel, people: tuple[User, User]
) -> None:
    Parcel.objects.update(start_price=42.0)

    of_officer, of_reviewer = (desk_of(one)["approved"]["results"][0] for one in people)

    assert of_officer["changed"] == ["Listing price 30 ×10k CNY/mu → 42 ×10k CNY/mu"]
    assert (of_officer["mine"], of_reviewer["mine"]) == (True, False)


def test_a_blank_and_an_unknown_are_the_same() -> None:
    assert not list(changes({"name": "", "extra": {}}, {"admits": [], "evidence": {}}))
