"""Steps of a parcel: who may, in what order, one at a time; each is written down and told of."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import Error, InternalError, ProgrammingError, connection, transaction

from accounts.models import AuditEntry, Notification, User
from geo.errors import Conflict, NotAllowed, NotThere
from geo.importing.options import Options
from geo.importing.run import load_file
from landparcels.models import Parcel, ParcelTransition
from landparcels.publication.errors import Incomplete, NeedsNote, OutOfTurn
from landparcels.publication.services import move
from landparcels.publication.signals import parcel_moved
from landparcels.publication.states import Action, is_legal
from tests.factories.complete import complete_parcel
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import RegionalValueFactory
from tests.shapes import rectangle

MakePerson = Callable[..., User]
Heard = list[dict[str, Any]]


@pytest.fixture
def district(db: None) -> None:
    city = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 121, 37))
    RegionFactory(adcode="990001", parent=city, outline=rectangle(120, 36, 120.5, 37))
    RegionFactory(adcode="990002", parent=city, outline=rectangle(120.5, 36, 121, 37))


@pytest.fixture
def parcel(district: None) -> Parcel:
    return complete_parcel(code="A1", region_id="990001")


@pytest.fixture
def heard() -> Iterator[Heard]:
    told: Heard = []

    def listen(**kwargs: Any) -> None:
        told.append(kwargs)

    parcel_moved.connect(listen)
    yield told
    parcel_moved.disconnect(listen)


def way(code: str = "A1") -> list[tuple[str, str, str]]:
    rows = ParcelTransition.objects.filter(code=code).order_by("id")
    return [(row.before, row.action, row.after) for row in rows]


def test_a_parcel_goes_from_the_drafting_table_to_a_firm(parcel: Parcel, person: MakePerson) -> None:
    officer, reviewer = person("land", username="officer"), person("reviewer", username="reviewer")

    move(code="A1", action="submit", by=officer)
    move(code="A1", action="approve", by=reviewer, note="现场已核")
    move(code="A1", action="publish", by=reviewer)
    move(code="A1", action="reserve", by=officer)
    move(code="A1", action="transfer", by=officer)

    assert Parcel.objects.get().status == "transferred"
    assert way() == [
        ("draft", "submit", "submitted"),
        ("submitted", "approve", "approved"),
        ("approved", "publish", "published"),
        ("published", "reserve", "reserved"),
        ("reserved", "transfer", "transferred"),
    ]
    approval = ParcelTransition.objects.get(action="approve")
    assert (approval.actor, approval.note) == ("reviewer", "现场已核")


def test_whoever_submitted_may_not_approve_not_even_an_administrator(parcel: Parcel, person: MakePerson) -> None:
    admin = person("admin")
    move(code="A1", action="submit", by=admin)

    with pytest.raises(NotAllowed):
        move(code="A1", action="approve", by=admin)
    move(code="A1", action="approve", by=person("admin"))

    assert Parcel.objects.get().status == "approved"


def test_whoever_imported_it_as_submitted_may_not_approve(district: None, person: MakePerson, tmp_path: Path) -> None:
    admin = person("admin")
    file = tmp_path / "parcels.csv"
    square = "POLYGON((120.1 36.1,120.101 36.1,120.101 36.101,120.1 36.101,120.1 36.1))"
    file.write_text(f'code,status,wkt\nA1,submitted,"{square}"\n', encoding="utf-8")
    load_file("parcels", file, Options(crs="EPSG:4490"), by=admin)

    with pytest.raises(NotAllowed):
        move(code="A1", action="approve", by=admin)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("investor", set()),
        ("promotion", set()),
        ("planner", set()),
        ("land", {"submit", "send_back", "reserve", "release", "transfer", "withdraw"}),
        ("reviewer", {"approve", "publish", "send_back", "reserve", "release", "transfer", "withdraw"}),
        ("admin", {"submit", "approve", "publish", "send_back", "reserve", "release", "transfer", "withdraw"}),
    ],
)
def test_each_role_takes_its_own_steps(district: None, person: MakePerson, role: str, allowed: set[str]) -> None:
    from landparcels.publication.states import STEPS

    someone, taken = person(role), set()
    for action, step in STEPS.items():
        complete_parcel(code=action, status=step.origins[0], region_id="990001")
        try:
            move(code=action, action=action, by=someone, note="why")
            taken.add(action)
        except (NotAllowed, NotThere):
            pass

    assert taken == allowed


def test_a_role_holds_in_its_region_alone(parcel: Parcel, person: MakePerson) -> None:
    public = complete_parcel(code="B1", status="published", region_id="990001", lng=120.2)
    stranger = person("land", region="990002")

    with pytest.raises(NotThere):
        move(code="A1", action="submit", by=stranger)
    with pytest.raises(NotAllowed):
        move(code="B1", action="withdraw", by=stranger, note="why")

    public.refresh_from_db()
    assert public.status == "published"


def test_a_step_out_of_turn_says_what_the_parcel_is_and_who_made_it_so(
    parcel: Parcel, person: MakePerson, in_english: None
) -> None:
    move(code="A1", action="submit", by=person("land", username="officer"))

    with pytest.raises(OutOfTurn, match=r"A1 is submitted \(.*, officer\); to publish it, it has to be approved"):
        move(code="A1", action="publish", by=person("reviewer"))


def test_taking_a_parcel_away_wants_a_reason(parcel: Parcel, person: MakePerson) -> None:
    move(code="A1", action="submit", by=person("land"))

    with pytest.raises(NeedsNote):
        move(code="A1", action="withdraw", by=person("reviewer"), note="  ")


def test_a_repeat_of_a_request_changes_nothing_and_answers_the_same(parcel: Parcel, person: MakePerson) -> None:
    officer = person("land")

    first = move(code="A1", action="submit", by=officer, key="one click")
    again = move(code="A1", action="submit", by=officer, key="one click")

    assert again.pk == first.pk
    assert len(way()) == 1
    with pytest.raises(Conflict):
        move(code="A1", action="withdraw", by=officer, note="why", key="one click")


def test_an_incomplete_parcel_is_not_submitted_and_the_gaps_are_named(
    parcel: Parcel, person: MakePerson, in_english: None
) -> None:
    Parcel.objects.update(start_price=None, contact_phone="")

    with pytest.raises(Incomplete, match="telephone of the office is missing; Listing price is missing"):
        move(code="A1", action="submit", by=person("land"))

    assert way() == []


def test_a_value_whose_evidence_ran_out_counts_as_expired(parcel: Parcel, person: MakePerson) -> None:
    Parcel.objects.update(evidence={"far_min": {"expires": "2026-01-31"}})

    with pytest.raises(Incomplete) as refused:
        move(code="A1", action="submit", by=person("land"))

    assert [(gap.name, gap.kind) for gap in refused.value.gaps] == [("far_min", "expired")]


def test_a_city_says_itself_what_is_needed(parcel: Parcel, person: MakePerson, settings: Any) -> None:
    settings.PUBLICATION_REQUIRES = ["electricity_price", "deposit"]
    RegionalValueFactory(region_id="990000", valid_to=date(2025, 12, 31))

    with pytest.raises(Incomplete) as refused:
        move(code="A1", action="submit", by=person("land"))

    assert [(gap.name, gap.kind) for gap in refused.value.gaps] == [
        ("electricity_price", "expired"),
        ("deposit", "missing"),
    ]


def test_rooms_above_are_told_once_the_step_is_committed(
    parcel: Parcel, person: MakePerson, heard: Heard, django_capture_on_commit_callbacks: Any
) -> None:
    officer = person("land")
    with django_capture_on_commit_callbacks(execute=True):
        move(code="A1", action="submit", by=officer)
        assert heard == []

    (told,) = heard
    assert (told["parcel"], told["before"], told["after"], told["actor"]) == (parcel, "draft", "submitted", officer)
    assert told["transition"].action == "submit"


def test_those_whose_turn_it_is_are_told(
    parcel: Parcel, person: MakePerson, django_capture_on_commit_callbacks: Any
) -> None:
    officer, reviewer = person("land"), person("reviewer", region="990000")
    person("reviewer", region="990002")
    with django_capture_on_commit_callbacks(execute=True):
        move(code="A1", action="submit", by=officer)
        move(code="A1", action="send_back", by=reviewer, note="缺宗地图")

    told = [(one.user, one.zh, one.link) for one in Notification.objects.order_by("id")]
    assert told == [(reviewer, "待审核：东区 1 号", "/land/A1"), (officer, "东区 1 号 草稿：缺宗地图", "/land/A1")]


def test_a_load_is_written_into_the_history_and_told(
    district: None, heard: Heard, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    file = tmp_path / "parcels.csv"
    square = "POLYGON((120.1 36.1,120.101 36.1,120.101 36.101,120.1 36.101,120.1 36.1))"
    file.write_text(f'code,status,wkt\nA1,published,"{square}"\n', encoding="utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        load_file("parcels", file, Options(crs="EPSG:4490", source_name="old system"))
    with django_capture_on_commit_callbacks(execute=True):
        load_file("parcels", file, Options(crs="EPSG:4490", source_name="old system"))

    assert way() == [("draft", "import", "published")]
    assert ParcelTransition.objects.get().note == "old system"
    assert [(told["before"], told["after"], told["actor"]) for told in heard] == [("draft", "published", None)]


def test_history_is_never_changed_nor_deleted(parcel: Parcel, person: MakePerson) -> None:
    move(code="A1", action="submit", by=person("land"))

    for wrong in ("UPDATE landparcels_parceltransition SET actor = ''", "DELETE FROM landparcels_parceltransition"):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(wrong)

    Parcel.objects.all().delete()
    assert len(way()) == 1


def test_the_step_is_in_the_audit(parcel: Parcel, person: MakePerson) -> None:
    move(code="A1", action="submit", by=person("land"))

    entry = AuditEntry.objects.filter(table="landparcels_parcel", action="update").latest("id")
    assert (entry.before, entry.after) == ({"status": "draft"}, {"status": "submitted"})


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """Each call in a thread and on a connection of its own, all let go together; results or errors."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
        except Error:
            gate.abort()  # the others would wait for ever
            raise
        try:
            gate.wait()
            return outcome(call)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except Exception as error:
        return error


@pytest.mark.django_db(transaction=True)
def test_fifty_who_publish_at_once_publish_once_and_the_others_are_told(person: MakePerson) -> None:
    complete_parcel(code="A1", status="approved", region=RegionFactory(adcode="990001"))
    reviewers = [person("reviewer") for _ in range(50)]

    results = at_once([lambda who=who: move(code="A1", action="publish", by=who) for who in reviewers])  # type: ignore[misc]

    assert sum(isinstance(one, ParcelTransition) for one in results) == 1
    assert sum(isinstance(one, OutOfTurn) for one in results) == 49
    assert way() == [("approved", "publish", "published")]


@pytest.mark.django_db(transaction=True)
def test_fifty_different_actions_at_once_leave_one_legal_history(person: MakePerson) -> None:
    complete_parcel(code="A1", status="published", region=RegionFactory(adcode="990001"))
    actions: list[Action] = ["reserve", "release", "transfer", "withdraw", "send_back"]
    people = [person("admin") for _ in range(50)]

    def call(number: int) -> Callable[[], object]:
        return lambda: move(code="A1", action=actions[number % 5], by=people[number], note="why")

    results = at_once([call(number) for number in range(50)])

    assert all(isinstance(one, ParcelTransition | OutOfTurn) for one in results)
    history = way()
    assert len(history) == sum(isinstance(one, ParcelTransition) for one in results) >= 1
    assert history[0][0] == "published"
    assert history[-1][2] == Parcel.objects.get().status
    assert all(is_legal(before, action, after) for before, action, after in history)  # type: ignore[arg-type]
    assert all(after == before for (_, _, after), (before, _, _) in pairwise(history))
