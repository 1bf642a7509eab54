"""首报首谈 over the real database: who holds a firm, and what becomes of it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Notification, User
from enterprises.models import Enterprise
from geo.errors import BadParameter, Conflict, NotAllowed, NotThere
from geo.models import Region
from promotion.errors import AlreadyFollowed
from promotion.models import Handover, Target, TargetEvent
from promotion.services import add_note, answer, ask_for, assign, move, plan, take_over, take_up
from promotion.telling import remind
from tests.conftest import MakePerson
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import RegionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def quiet(target: Target, days: int) -> Target:
    Target.objects.filter(pk=target.pk).update(last_word_at=timezone.now() - timedelta(days=days))
    target.refresh_from_db()
    return target


def kinds(target: Target) -> list[str]:
    return list(target.events.order_by("id").values_list("kind", flat=True))


def test_the_first_region_holds_the_firm_and_the_second_is_told_who(firm: Enterprise, west: User, east: User) -> None:
    target = take_up(enterprise=firm, node="batteries/cell", text="展会结识", by=west)
    assert (target.state, target.region_id, target.owner, kinds(target)) == ("new", "990001", west, ["taken"])
    with pytest.raises(AlreadyFollowed) as refused:
        take_up(enterprise=firm, node="", by=east)
    assert str(refused.value) == f"This firm has been followed by West since {timezone.localdate()}."
    assert Target.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_regions_at_once_exactly_one_wins(firm: Enterprise, west: User, east: User) -> None:
    start, outcomes = Barrier(2), []

    def try_it(by: User) -> None:
        start.wait()
        try:
            outcomes.append(take_up(enterprise=firm, node="", by=by).region_id)
        except AlreadyFollowed as error:
            outcomes.append(error.words.en)
        finally:
            connection.close()

    racers = [Thread(target=try_it, args=(by,)) for by in (west, east)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    holder = Target.objects.get()
    told = next(outcome for outcome in outcomes if outcome != holder.region_id)
    assert holder.region_id in outcomes
    assert told.startswith(f"This firm has been followed by {holder.region.name_en} since ")


def test_a_firm_of_the_city_is_nobody_to_invite(west: User) -> None:
    with pytest.raises(BadParameter, match="in the city already"):
        take_up(enterprise=EnterpriseFactory(lng=120.3, lat=36.1), node="", by=west)


def test_only_promotion_staff_follow_firms(firm: Enterprise, districts: None, person: MakePerson) -> None:
    with pytest.raises(NotAllowed):
        take_up(enterprise=firm, node="", by=person("planner", region="990001"))


def test_a_role_that_holds_everywhere_acts_for_the_city(firm: Enterprise, districts: None, person: MakePerson) -> None:
    assert take_up(enterprise=firm, node="", by=person("admin")).region_id == "990000"


def test_a_note_says_something_and_renews_the_hold(firm: Enterprise, west: User) -> None:
    target = quiet(take_up(enterprise=firm, node="", by=west), 40)
    with pytest.raises(BadParameter, match="A note says something"):
        add_note(target=target, text="  ", by=west)
    assert Target.objects.overdue(timezone.now()).exists()
    add_note(target=target, text="电话沟通", by=west)
    assert not Target.objects.overdue(timezone.now()).exists()
    assert kinds(target) == ["taken", "note"]


def test_history_is_never_changed_or_deleted(firm: Enterprise, west: User) -> None:
    event = take_up(enterprise=firm, node="", by=west).events.get()
    for change in (lambda: TargetEvent.objects.filter(pk=event.pk).update(text="另一说法"), event.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_states_move_along_their_ways_only(firm: Enterprise, west: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    assert move(target=target, state="contacted", by=west).state == "contacted"
    assert move(target=target, state="contacted", by=west).state == "contacted"
    with pytest.raises(Conflict, match="cannot go from contacted to new"):
        move(target=target, state="new", by=west)
    assert kinds(target) == ["taken", "state"]


def test_a_dropped_firm_says_why_and_is_free_for_others(firm: Enterprise, west: User, east: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    with pytest.raises(BadParameter, match="Say why"):
        move(target=target, state="dropped", by=west)
    move(target=target, state="dropped", text="已落户他市", by=west)
    assert take_up(enterprise=firm, node="", by=east).region_id == "990002"
    with pytest.raises(Conflict, match="not followed any more"):
        add_note(target=target, text="还在联系", by=west)


def test_a_signed_firm_is_still_held_and_never_overdue(firm: Enterprise, west: User, east: User) -> None:
    target = move(target=take_up(enterprise=firm, node="", by=west), state="signed", by=west)
    quiet(target, 400)
    with pytest.raises(AlreadyFollowed):
        take_up(enterprise=firm, node="", by=east)
    with pytest.raises(AlreadyFollowed):
        take_over(target=target, by=east)


def test_with_consent_the_firm_goes_over_with_its_history(firm: Enterprise, west: User, east: User) -> None:
    target = take_up(enterprise=firm, node="", text="首次接触", by=west)
    asked = ask_for(target=target, text="本区有配套企业", by=east)
    assert Notification.objects.get(user=west).en == "East asks for 远方公司 to be handed over"
    with pytest.raises(Conflict, match="asked for"):
        ask_for(target=target, by=east)
    answer(handover=asked, agree=True, by=west)
    target.refresh_from_db()
    assert (target.region_id, target.owner) == ("990002", east)
    assert kinds(target) == ["taken", "asked", "agreed"]
    assert Notification.objects.get(user=east).en == "The handover of 远方公司 was agreed to"
    assert not Target.objects.visible_to(west).exists()


def test_who_opened_a_firm_before_it_went_over_changes_nothing_after(
    firm: Enterprise, west: User, east: User, city: User
) -> None:
    opened = take_up(enterprise=firm, node="", by=west)
    answer(handover=ask_for(target=opened, by=east), agree=True, by=west)
    told = TargetEvent.objects.count()
    for step in (
        lambda: add_note(target=opened, text="late", by=west),
        lambda: move(target=opened, state="contacted", by=west),
        lambda: assign(target=opened, owner=east, by=west),
        lambda: plan(target=opened, next_action_on=None, by=west),
    ):
        with pytest.raises(NotThere):
            step()
    assert TargetEvent.objects.count() == told
    assert add_note(target=opened, text="for all regions", by=city)


def test_without_consent_it_stays(firm: Enterprise, west: User, east: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    asked = ask_for(target=target, by=east)
    answer(handover=asked, agree=False, text="已约考察", by=west)
    target.refresh_from_db()
    assert target.region_id == "990001"
    with pytest.raises(Conflict, match="answered already"):
        answer(handover=asked, agree=True, by=west)


def test_nobody_answers_for_the_holder(firm: Enterprise, west: User, east: User) -> None:
    asked = ask_for(target=take_up(enterprise=firm, node="", by=west), by=east)
    with pytest.raises(NotThere):
        answer(handover=asked, agree=True, by=east)


def test_ones_own_firm_needs_no_asking(firm: Enterprise, west: User, city: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    for who in (west, city):
        with pytest.raises(Conflict, match="Your own region"):
            ask_for(target=target, by=who)


def test_an_overdue_firm_is_taken_over_and_its_notes_stay_behind(firm: Enterprise, west: User, east: User) -> None:
    target = take_up(enterprise=firm, node="batteries/cell", text="内部判断", by=west)
    with pytest.raises(AlreadyFollowed, match="only with their consent"):
        take_over(target=target, by=east)
    fresh = take_over(target=quiet(target, 30), by=east)
    target.refresh_from_db()
    assert (target.state, fresh.region_id, fresh.node) == ("dropped", "990002", "batteries/cell")
    assert kinds(fresh) == ["taken_over"]
    assert [event.text for event in TargetEvent.objects.visible_to(east)] == [""]
    assert "followed by East" in Notification.objects.get(user=west).en


def test_of_two_that_take_over_one_is_told_who_was_quicker(
    firm: Enterprise, west: User, east: User, person: MakePerson
) -> None:
    RegionFactory(adcode="990003", parent=Region.objects.get(adcode="990000"), name="北区", name_en="North")
    target = quiet(take_up(enterprise=firm, node="", by=west), 31)
    take_over(target=target, by=east)
    with pytest.raises(AlreadyFollowed, match="followed by East"):
        take_over(target=target, by=person("promotion", region="990003"))


def test_taking_over_answers_what_others_had_asked(firm: Enterprise, west: User, east: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    ask_for(target=target, by=east)
    take_over(target=quiet(target, 31), by=east)
    assert Handover.objects.get().state == "declined"


def test_a_colleague_of_the_region_is_given_the_firm_and_told(
    firm: Enterprise, west: User, east: User, person: MakePerson
) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    colleague = person("promotion", region="990001")
    assign(target=target, owner=colleague, by=west)
    assert Notification.objects.get(user=colleague).en == "Yours to follow: 远方公司"
    with pytest.raises(BadParameter, match="no investment promotion staff of this region"):
        assign(target=target, owner=east, by=west)


def test_owners_are_reminded_once_of_what_is_due_and_of_a_silence(firm: Enterprise, west: User) -> None:
    today = timezone.localdate()
    target = take_up(enterprise=firm, node="", by=west)
    plan(target=target, next_action_on=today + timedelta(days=1), by=west)
    assert remind(today) == 0
    plan(target=target, next_action_on=today, by=west)
    assert (remind(today), remind(today)) == (1, 0)
    quiet(target, 31)
    assert (remind(today), remind(today)) == (1, 0)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"state": "won"}, "target_state_known"), ({}, "target_one_region_at_a_time")],
)
def test_the_database_keeps_one_region_to_a_firm(
    firm: Enterprise, west: User, columns: dict[str, str], constraint: str
) -> None:
    take_up(enterprise=firm, node="", by=west)
    with pytest.raises(IntegrityError, match=constraint):
        Target.objects.create(enterprise=firm, region_id="990002", owner=west, **columns)


def test_a_request_is_answered_by_someone(firm: Enterprise, west: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    with pytest.raises(IntegrityError, match="handover_answered_by_someone"):
        Handover.objects.create(target=target, region_id="990002", asked_by=west, state="agreed")


def test_an_empty_note_is_refused_by_the_database(firm: Enterprise, west: User) -> None:
    target = take_up(enterprise=firm, node="", by=west)
    with pytest.raises(IntegrityError, match="targetevent_note_says_something"):
        TargetEvent.objects.create(target=target, by=west, kind="note")
