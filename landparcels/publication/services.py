"""The steps of a parcel: one at a time under a lock on its row, each written down, rooms above told after the commit."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights import may_move_parcel, region_scope
from geo.errors import Conflict, NotAllowed, NotThere
from geo.models import Region
from landparcels.models import Parcel
from landparcels.publication.errors import ChangedSinceApproval, Incomplete, NeedsNote, OutOfTurn
from landparcels.publication.gate import gaps_of
from landparcels.publication.models import ParcelTransition
from landparcels.publication.reviewed import IN_REVIEW, changed_since_review, contents, listed
from landparcels.publication.signals import tell
from landparcels.publication.states import STATE_WORDS, STEPS, Action
from landparcels.querysets import PUBLIC_STATUSES

LONGEST_NOTE = 2_000


@transaction.atomic
def move(
    *, code: str, action: Action, by: User, note: str = "", key: str = "", at: datetime | None = None
) -> ParcelTransition:
    """Take one step with a parcel. The same `key` again gives the row of the first time and changes nothing.

    Raises NotThere, NotAllowed, OutOfTurn (409), NeedsNote, Incomplete or ChangedSinceApproval; then nothing has changed.
    """
    parcel = locked(code, by)
    if key and (done := parcel.transitions.filter(key=key).first()):
        return _repeated(done, action)
    check_right(parcel, action, by)
    step = STEPS[action]
    note = note.strip()[:LONGEST_NOTE]
    if parcel.status not in step.origins:
        raise _out_of_turn(parcel, action)
    if step.asks_why and not note:
        raise NeedsNote(zh=f"“{step.words.zh}”需要说明原因。", en=f"To {step.words.en} a parcel, say why.")
    if action == "approve":
        _check_four_eyes(parcel, by)
    if action == "reserve":
        _check_no_round(parcel)
    if step.gated and (gaps := gaps_of(parcel)):
        raise Incomplete(gaps)
    if parcel.status == "approved" and action in ("publish", "submit"):
        _check_as_approved(parcel, action)
    if action == "withdraw":
        _call_off(parcel)
    return take(parcel, action, by=by, note=note, key=key, at=at)


def take(
    parcel: Parcel, action: Action, *, by: User | None, note: str = "", key: str = "", at: datetime | None = None
) -> ParcelTransition:
    """Write down a step of a parcel whose row is locked and for which everything was judged."""
    at = at or timezone.now()
    before, parcel.status = parcel.status, STEPS[action].target
    parcel.shown_since = at if parcel.status in PUBLIC_STATUSES else None
    parcel.save(update_fields=["status", "shown_since"])
    transition = ParcelTransition.objects.create(
        parcel=parcel,
        code=parcel.code,
        action=action,
        before=before,
        after=parcel.status,
        at=at,
        actor=by.get_username() if by else "",
        note=note,
        key=key,
        content=contents([parcel.pk])[parcel.pk] if parcel.status in IN_REVIEW else None,
    )
    tell(parcel, transition, by)
    return transition


def locked(code: str, by: User) -> Parcel:
    """The parcel as it is now, nobody else acting on it until the end of the transaction."""
    rows = Parcel.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    parcel = rows.defer("outline", "web").filter(code=code).first()
    if parcel is None:
        raise NotThere(zh=f"没有编号为 {code} 的宗地；请核对编号。", en=f"There is no parcel {code}; check its code.")
    return parcel


def check_right(parcel: Parcel, action: str, by: User) -> None:
    if not may_move_parcel(by, action):
        raise NotAllowed(zh="您的角色不能办理这一步。", en="This step is not for your role.")
    scope = region_scope(by)
    if scope and not Region.objects.subtree(scope).filter(pk=parcel.region_id).exists():
        raise NotAllowed(
            zh=f"宗地 {parcel.code} 不在您的管辖区域 {scope} 内。",
            en=f"Parcel {parcel.code} lies outside the region of your role, {scope}.",
        )


def submitters_of(parcel: Parcel) -> set[str]:
    """Usernames of whoever brought the parcel before the reviewer, by a step or by a file, and of whose file changed it since."""
    row = ParcelTransition.objects.of(parcel.pk).filter(after="submitted").first()
    names = {row.actor} if row else set()
    if parcel.source and parcel.source.loaded_by and changed_since_review([parcel]).get(parcel.pk):
        names.add(parcel.source.loaded_by.get_username())
    return names - {""}


def _check_four_eyes(parcel: Parcel, by: User) -> None:
    if by.get_username() in submitters_of(parcel):
        raise NotAllowed(
            zh="审核人不能是提交人或此后修改数据的人；请由另一位审核人员审核。",
            en="Whoever submitted a parcel, or changed it since, may not approve it; another reviewer has to.",
        )


def _check_as_approved(parcel: Parcel, action: Action) -> None:
    """Published is what was approved; what is still that has no need to be submitted again."""
    found = changed_since_review([parcel]).get(parcel.pk, [])
    if action == "publish" and found:
        told = listed(found)
        raise ChangedSinceApproval(
            zh=f"宗地 {parcel.code} 审核通过后又有 {len(found)} 处更改：{told.zh}。请重新提交审核；未做任何更改。",
            en=f"Parcel {parcel.code} is not as it was approved: {told.en}. Submit it again for review. Nothing was changed.",
        )
    if action == "submit" and not found:
        raise OutOfTurn(
            zh=f"宗地 {parcel.code} 审核通过后没有更改，无须重新提交；未做任何更改。",
            en=f"Parcel {parcel.code} is as it was approved; there is no need to submit it again. Nothing was changed.",
        )


def _check_no_round(parcel: Parcel) -> None:
    """While bids are awaited, it is the end of the round that reserves the parcel."""
    running = parcel.notices.open().first()
    if running is not None:
        raise Conflict(
            zh=f"宗地正在公告 {running.number} 中；请以“成交”结束该公告，宗地即随之预留。",
            en=f"The parcel is on offer under notice {running.number}; close that as sold, which reserves the parcel.",
        )


def _call_off(parcel: Parcel) -> None:
    """A parcel that is taken away is no longer offered."""
    from landparcels.publication.announcing import end_round  # builds on this module

    for running in parcel.notices.open():
        running.parcel = parcel
        end_round(running, "cancelled", on=max(timezone.localdate(), running.listed_on or running.announced_on))


def _repeated(done: ParcelTransition, action: Action) -> ParcelTransition:
    if done.action != action:
        raise Conflict(
            zh="同一个 Idempotency-Key 已用于另一操作；请换一个。",
            en="This Idempotency-Key was used for another action; take a new one.",
        )
    return done


def _out_of_turn(parcel: Parcel, action: Action) -> OutOfTurn:
    """What the parcel is now, who made it so, and from where the step leads."""
    step, now = STEPS[action], STATE_WORDS[parcel.status]
    last = ParcelTransition.objects.of(parcel.pk).first()
    since = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M") if last else ""
    by = (last.actor or "—") if last else ""
    told = (f"（{since}，{by}）", f" ({since}, {by})") if last else ("", "")
    origins = "、".join(STATE_WORDS[state].zh for state in step.origins)
    origins_en = " or ".join(STATE_WORDS[state].en for state in step.origins)
    return OutOfTurn(
        zh=f"宗地 {parcel.code} 现为“{now.zh}”{told[0]}，不能“{step.words.zh}”；须为“{origins}”。未做任何更改。",
        en=f"Parcel {parcel.code} is {now.en}{told[1]}; to {step.words.en} it, it has to be {origins_en}. Nothing was changed.",
    )
