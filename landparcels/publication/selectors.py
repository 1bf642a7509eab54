"""A parcel's publication as one person may know it: everyone the public steps, staff of its region who took each and why."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from accounts.rights import Person, may_move_parcel, may_see_staff_data, region_scope
from geo.models import Region
from geo.words import say
from landparcels.models import Parcel
from landparcels.publication.models import ParcelTransition
from landparcels.publication.reviewed import Change, changed_since_review
from landparcels.publication.services import submitters_of
from landparcels.publication.states import STEPS, Action, steps_from
from landparcels.querysets import PUBLIC_STATUSES

Json = dict[str, Any]  # Any: what JSON holds


def publication_of(parcel: Parcel, person: Person) -> Json:
    """State and history; to staff of the parcel's region also what may be done next, by them or by whom."""
    history = list(ParcelTransition.objects.of(parcel.pk).defer("content"))
    answer: Json = {"code": parcel.code, "status": parcel.status}
    if is_internal(parcel, person):
        names = _names({one.actor for one in history})
        answer["history"] = [_step(one) | _behind(one, names) for one in history]
        found = changed_since_review([parcel]).get(parcel.pk, [])
        answer["changed"] = [_changed(one) for one in found]
        choices = (_choice(parcel, action, person, found) for action in steps_from(parcel.status))
        answer["actions"] = [choice for choice in choices if choice is not None]
    else:
        answer["history"] = [_step(one) for one in history if one.after in PUBLIC_STATUSES]
    return answer


def is_internal(parcel: Parcel, person: Person) -> bool:
    """Whether this person is staff of the region in which the parcel lies."""
    if not may_see_staff_data(person):
        return False
    scope = region_scope(person)
    return scope is None or Region.objects.subtree(scope).filter(pk=parcel.region_id).exists()


def _step(one: ParcelTransition) -> Json:
    return {"after": one.after, "at": one.at}


def _behind(one: ParcelTransition, names: dict[str, str]) -> Json:
    return {
        "action": one.action,
        "before": one.before,
        "actor": one.actor,
        "actor_name": names.get(one.actor, one.actor),
        "note": one.note,
    }


def _names(usernames: set[str]) -> dict[str, str]:
    return {user.username: str(user) for user in User.objects.filter(username__in=usernames)}


def _changed(one: Change) -> Json:
    return {"name": one.name, "label": str(one.label), "before": str(one.before), "after": str(one.after)}


def _choice(parcel: Parcel, action: Action, person: Person, changed: Sequence[Change]) -> Json | None:
    """A step that leads on from here; `refused` says why not for this person. Submitting again is for what has changed."""
    if action == "submit" and parcel.status == "approved" and not changed:
        return None
    refused = None
    if not may_move_parcel(person, action):
        refused = say(zh="由其他角色办理", en="for another role")
    elif action == "approve" and person.get_username() in submitters_of(parcel):
        refused = say(zh="须由提交人以外的人审核", en="for someone other than the submitter")
    elif action == "publish" and changed:
        refused = say(zh="审核后有更改，须重新提交", en="changed since it was approved; submit it again")
    step = STEPS[action]
    return {
        "action": action,
        "target": step.target,
        "asks_why": step.asks_why,
        "gated": step.gated,
        "refused": str(refused) if refused else None,
    }
