"""Taking firms up, keeping notes, moving on, handing over: each one step of a target's history (首报首谈)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights import Person, may_promote, region_scope
from enterprises.models import Enterprise
from geo.deployment import covers_everything
from geo.errors import BadParameter, Conflict, NotAllowed, NotThere
from geo.locking import Labels, check_fresh
from geo.models import Region
from geo.words import say
from promotion import telling
from promotion.errors import AlreadyFollowed, followed_by
from promotion.first_contact import MOVES, QUIET_DAYS, is_overdue
from promotion.models import Handover, Target, TargetEvent

LONGEST_NOTE = 4000
LABELS: Labels = {
    "state": say(zh="状态", en="the state"),
    "owner_id": say(zh="负责人", en="the owner"),
    "next_action_on": say(zh="下一步日期", en="the next step"),
    "region_id": say(zh="区域", en="the region"),
}
Kind = TargetEvent.Kind


def require_promoter(user: Person) -> User:
    if not isinstance(user, User) or not may_promote(user):
        raise NotAllowed(zh="只有招商人员可以跟进企业。", en="Only investment promotion staff follow firms.")
    return user


def region_of(user: User) -> Region:
    """The region that a person acts for; the city itself for a role that holds everywhere."""
    scope = region_scope(user)
    found = (
        Region.objects.roots().order_by("adcode").first()
        if covers_everything(scope)
        else Region.objects.filter(adcode=scope).first()
    )
    if found is None:
        raise NotAllowed(
            zh="账号所属区域不存在，无法以该区域名义跟进。",
            en="The region of this account does not exist, so it cannot act for it.",
        )
    return found


@transaction.atomic
def take_up(*, enterprise: Enterprise, node: str, text: str = "", by: Person, now: datetime | None = None) -> Target:
    """First contact: from now on the firm is this region's. Of two at once exactly one wins; the other is told who."""
    by = require_promoter(by)
    if enterprise.in_city:
        raise BadParameter(
            "uscc",
            zh="该企业已在本市，不属于招引对象。",
            en="This firm is in the city already; there is nobody to invite.",
        )
    region, now = region_of(by), now or timezone.now()
    try:
        with transaction.atomic():
            target = Target.objects.create(
                enterprise=enterprise, node=node, region=region, owner=by, since=now, last_word_at=now
            )
    except IntegrityError as error:
        raise _taken_already(enterprise) from error
    _note_down(target, Kind.TAKEN, by, text=text, after=region.name, at=now)
    return target


@transaction.atomic
def add_note(*, target: Target, text: str, by: Person, now: datetime | None = None) -> TargetEvent:
    """A note is what keeps a firm; it is never changed."""
    by = require_promoter(by)
    words = text.strip()
    if not words:
        raise BadParameter("text", zh="请填写内容。", en="A note says something.")
    target = _own(target, by)
    _must_be_open(target)
    now = now or timezone.now()
    event = _note_down(target, Kind.NOTE, by, text=words, at=now)
    target.last_word_at = now
    target.save(update_fields=["last_word_at"])
    return event


@transaction.atomic
def move(*, target: Target, state: str, text: str = "", by: Person, now: datetime | None = None) -> Target:
    """To another state; why is asked for when a firm is dropped, which frees it for others."""
    by = require_promoter(by)
    target = _own(target, by)
    if state == target.state:
        return target
    if state not in MOVES[target.state]:
        before, after = Target.State(target.state).label, Target.State(state).label
        raise Conflict(
            zh=f"不能从“{before.split()[0]}”改为“{after.split()[0]}”。",
            en=f"A target cannot go from {target.state} to {state}.",
        )
    if state == Target.State.DROPPED and not text.strip():
        raise BadParameter("text", zh="放弃时请说明原因。", en="Say why it is dropped.")
    now = now or timezone.now()
    _note_down(target, Kind.STATE, by, text=text.strip(), before=target.state, after=state, at=now)
    target.state = state
    if text.strip():
        target.last_word_at = now
    target.save(update_fields=["state", "last_word_at"])
    return target


@transaction.atomic
def assign(*, target: Target, owner: User, by: Person) -> Target:
    """To a colleague whose role holds for the target's region."""
    by = require_promoter(by)
    target = _own(target, by)
    _must_be_open(target)
    if not may_promote(owner) or not Target.objects.visible_to(owner).filter(pk=target.pk).exists():
        raise BadParameter(
            "owner",
            zh=f"{owner} 不是该区域的招商人员。",
            en=f"{owner} is no investment promotion staff of this region.",
        )
    if owner.pk != target.owner_id:
        _note_down(target, Kind.OWNER, by, before=str(target.owner), after=str(owner))
        target.owner = owner
        target.save(update_fields=["owner"])
        if owner.pk != by.pk:
            telling.assigned(target)
    return target


@transaction.atomic
def plan(*, target: Target, next_action_on: date | None, by: Person) -> Target:
    """When to act next; None takes the reminder away."""
    by = require_promoter(by)
    target = _own(target, by)
    _must_be_open(target)
    target.next_action_on = next_action_on
    target.save(update_fields=["next_action_on"])
    return target


@transaction.atomic
def change(*, target: Target, given: Mapping[str, Any], seen: str | None = None, by: Person) -> None:
    """All that one form says, or none of it; `seen` is the mark of what the person saw."""
    check_fresh(seen, (_locked(target), LABELS))
    if "owner" in given:
        owner = User.objects.filter(username=given["owner"], is_active=True).first()
        if owner is None:
            raise BadParameter(
                "owner", zh=f"没有用户“{given['owner']}”。", en=f"There is no person called {given['owner']}."
            )
        assign(target=target, owner=owner, by=by)
    if "next_action_on" in given:
        plan(target=target, next_action_on=given["next_action_on"], by=by)
    if "state" in given:
        move(target=target, state=given["state"], text=given.get("text", ""), by=by)


@transaction.atomic
def ask_for(*, target: Target, text: str = "", by: Person) -> Handover:
    """Ask the holder to hand a firm over to one's own region."""
    by = require_promoter(by)
    target, region = _locked(target), region_of(by)
    _must_be_others(target, by)
    _must_be_held(target)
    if Handover.objects.filter(target=target, region=region, state=Handover.State.OPEN).exists():
        raise Conflict(
            zh="已申请移交，等待对方答复。", en="The handover has been asked for; the holder has not answered yet."
        )
    asked = Handover.objects.create(target=target, region=region, asked_by=by, text=text.strip())
    _note_down(target, Kind.ASKED, by, text=text.strip(), after=region.name)
    telling.asked_for(asked)
    return asked


@transaction.atomic
def answer(*, handover: Handover, agree: bool, text: str = "", by: Person) -> Handover:
    """The holder agrees or declines. With consent the firm goes over with all its history."""
    by = require_promoter(by)
    handover = Handover.objects.select_for_update(of=("self",)).select_related("region", "asked_by").get(pk=handover.pk)
    target = _own(handover.target, by)
    if handover.state != Handover.State.OPEN:
        raise Conflict(zh="这项申请已经答复。", en="This has been answered already.")
    now = timezone.now()
    handover.state = Handover.State.AGREED if agree else Handover.State.DECLINED
    handover.answered_by, handover.answered_at, handover.answer = by, now, text.strip()
    handover.save()
    if not agree:
        _note_down(target, Kind.DECLINED, by, text=text.strip(), after=handover.region.name)
    else:
        _must_be_open(target)
        _note_down(target, Kind.AGREED, by, text=text.strip(), before=target.region.name, after=handover.region.name)
        _end_requests(target, by, now)
        target.region, target.owner, target.since, target.last_word_at = handover.region, handover.asked_by, now, now
        target.save(update_fields=["region", "owner", "since", "last_word_at"])
    telling.answered(handover)
    return handover


@transaction.atomic
def take_over(*, target: Target, text: str = "", by: Person) -> Target:
    """An overdue firm goes to whoever takes care of it. The former holder keeps its notes, which nobody else gets to see."""
    by = require_promoter(by)
    target, region, now = _locked(target), region_of(by), timezone.now()
    _must_be_others(target, by)
    _must_be_held(target)
    if not is_overdue(target.last_word_at, target.state, now):
        words = followed_by(target)
        raise AlreadyFollowed(
            zh=f"{words.zh}，{QUIET_DAYS} 天内有跟进记录，需对方同意后移交。",
            en=f"{words.en} and there was a note within {QUIET_DAYS} days; it is handed over only with their consent.",
        )
    _note_down(target, Kind.TAKEN_OVER, by, text="", before=target.region.name, after=region.name)
    _end_requests(target, by, now)
    target.state = Target.State.DROPPED
    target.save(update_fields=["state"])
    fresh = Target.objects.create(
        enterprise=target.enterprise, node=target.node, region=region, owner=by, since=now, last_word_at=now
    )
    _note_down(fresh, Kind.TAKEN_OVER, by, text=text.strip(), before=target.region.name, after=region.name)
    telling.taken_over(target, fresh)
    return fresh


def _taken_already(enterprise: Enterprise) -> AlreadyFollowed:
    holder = Target.objects.held().select_related("region").filter(enterprise=enterprise).first()
    if holder is None:
        return AlreadyFollowed(
            zh="该企业现在无人跟进，请重新认领。", en="Nobody follows this firm now; take it up anew."
        )
    words = followed_by(holder)
    return AlreadyFollowed(zh=f"{words.zh}。", en=f"{words.en}.")


def _locked(target: Target) -> Target:
    """As it is now, and not changed by others until the end of the transaction."""
    return (
        Target.objects.select_for_update(of=("self",)).select_related("region", "owner", "enterprise").get(pk=target.pk)
    )


def _own(target: Target, by: User) -> Target:
    """`_locked`, if it is still one of the person's own: it may have gone over to another region meanwhile."""
    target = _locked(target)
    if not Target.objects.visible_to(by).filter(pk=target.pk).exists():
        raise NotThere(zh="没有这个招引对象。", en="There is no such target.")
    return target


def _must_be_open(target: Target) -> None:
    if target.state == Target.State.DROPPED:
        raise Conflict(zh="该企业已放弃跟进。", en="This firm is not followed any more.")


def _must_be_held(target: Target) -> None:
    """Where someone else has got hold of the firm in the meantime, the words say who."""
    if target.state == Target.State.DROPPED:
        raise _taken_already(target.enterprise)


def _must_be_others(target: Target, by: User) -> None:
    if Target.objects.visible_to(by).filter(pk=target.pk).exists():
        raise Conflict(zh="该企业已由本区域跟进。", en="Your own region follows this firm already.")


def _end_requests(target: Target, by: User, now: datetime) -> None:
    """What other regions asked for is answered by the firm's going elsewhere."""
    words = say(zh="该企业已转由其他区域跟进", en="The firm is followed by another region now")
    target.handovers.filter(state=Handover.State.OPEN).update(
        state=Handover.State.DECLINED, answered_by=by, answered_at=now, answer=words.both()
    )


def _note_down(
    target: Target, kind: TargetEvent.Kind, by: User, *, text: str = "", before: str = "", after: str = "",
    at: datetime | None = None,
) -> TargetEvent:  # fmt: skip
    return TargetEvent.objects.create(
        target=target, kind=kind, by=by, text=text, before=before, after=after, at=at or timezone.now()
    )
