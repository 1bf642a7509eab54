"""Passing a project on to another region, and answering that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.notifications import notify
from accounts.rights import ANSWERERS, may_refer, region_scope
from geo.errors import BadParameter, Conflict, NotAllowed, NotThere
from geo.models import Region
from landparcels.referrals.models import Referral

BY_RECEIVER = frozenset({Referral.State.ACCEPTED, Referral.State.DECLINED})
PAGE = "/land?referrals=1"


@transaction.atomic
def refer(
    *,
    from_region: str,
    to_region: str,
    requirement: Mapping[str, Any],  # Any: what parcels/match/ was asked
    link: str,
    note: str,
    by: User,
    at: datetime,
) -> Referral:
    """Record the referral, and tell those who follow investors in the receiving region."""
    here, there = _region("from_region", from_region), _region("to_region", to_region)
    if not may_refer(by) or not _covers(by, here):
        raise NotAllowed(
            zh=f"您的角色不能代表{here.name}转介项目。",
            en=f"Your role does not refer projects for {here.name_en or here.name}.",
        )
    if here.pk == there.pk:
        raise BadParameter("to_region", zh="转介的去处须是另一个区域。", en="A referral goes to another region.")
    referral = Referral.objects.create(
        from_region=here, to_region=there, requirement=requirement, link=link, note=note, made_by=by, made_at=at
    )
    notify(
        [person for person in _followers(there) if person.pk != by.pk],
        topic="referral",
        zh=f"{here.name}向{there.name}转介了一个用地项目，请查看并回复。",
        en=f"{here.name_en or here.name} refers a project in search of land to {there.name_en or there.name}; please answer.",
        link=PAGE,
        key=f"referral-{referral.pk}",
    )
    return referral


@transaction.atomic
def answer(*, referral: int, state: str, note: str, by: User, at: datetime) -> Referral:
    """Accepted or declined by the receiving region, withdrawn by the one that referred; once."""
    found = Referral.objects.visible_to(by).filter(pk=referral).first()
    if found is None:
        raise NotThere(zh="没有这条转介。", en="There is no such referral.")
    locked = Referral.objects.select_for_update().get(pk=referral)
    side = locked.to_region if state in BY_RECEIVER else locked.from_region
    if not may_refer(by) or not _covers(by, side):
        raise NotAllowed(
            zh=f"这一步由{side.name}的工作人员办理。", en=f"This is for the staff of {side.name_en or side.name}."
        )
    if locked.state != Referral.State.OPEN:
        raise Conflict(
            zh="这条转介已经办结，请刷新后查看。", en="This referral has been answered already; reload to see how."
        )
    locked.state, locked.answer, locked.answered_by, locked.answered_at = state, note, by, at
    locked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if state in BY_RECEIVER and locked.made_by_id != by.pk:
        word = {"accepted": ("接收", "accepts"), "declined": ("婉拒", "declines")}[state]
        notify(
            [locked.made_by],
            topic="referral",
            zh=f"{side.name}{word[0]}了您转介的项目。",
            en=f"{side.name_en or side.name} {word[1]} the project you referred.",
            link=PAGE,
            key=f"referral-{locked.pk}-{state}",
        )
    return locked


def _region(name: str, adcode: str) -> Region:
    found = Region.objects.defer("outline", "web").filter(adcode=adcode).first()
    if found is None:
        raise BadParameter(
            name,
            zh=f"没有代码为 {adcode} 的区域；目录见 regions/。",
            en=f"There is no region with adcode {adcode}; see regions/.",
        )
    return found


def _covers(person: User, region: Region) -> bool:
    scope = region_scope(person)
    return scope is None or scope in region.path.split("/")


def _followers(region: Region) -> list[User]:
    """Whose role holds for the region or one it lies in; where none is bound so near, those whose role holds everywhere."""
    line = [adcode for adcode in region.path.split("/") if adcode]
    people = list(User.objects.filter(is_active=True, role__in=ANSWERERS, region_code__in=[*line, ""]))
    bound = [person for person in people if person.region_code]
    return bound or people
