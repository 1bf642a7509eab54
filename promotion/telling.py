"""What people are told about targets, in the application and by mail."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from accounts.models import User
from accounts.notifications import notify
from promotion.errors import followed_by
from promotion.first_contact import OPEN, QUIET_DAYS
from promotion.models import Handover, Target

TOPIC = "promotion"


def page_of(target: Target) -> str:
    return f"/targets?target={target.pk}"


def assigned(target: Target) -> int:
    name = target.enterprise.name
    return notify(
        [target.owner], topic=TOPIC, zh=f"由您跟进：{name}", en=f"Yours to follow: {name}", link=page_of(target)
    )


def asked_for(handover: Handover) -> int:
    target, region = handover.target, handover.region
    return notify(
        [target.owner],
        topic=TOPIC,
        zh=f"{region.name}申请移交 {target.enterprise.name}",
        en=f"{region.name_en or region.name} asks for {target.enterprise.name} to be handed over",
        link=page_of(target),
    )


def answered(handover: Handover) -> int:
    name = handover.target.enterprise.name
    agreed = handover.state == Handover.State.AGREED
    return notify(
        [handover.asked_by],
        topic=TOPIC,
        zh=f"{'同意' if agreed else '不同意'}移交 {name}",
        en=f"The handover of {name} was {'agreed to' if agreed else 'declined'}",
        link=page_of(handover.target) if agreed else "/targets",
    )


def taken_over(old: Target, fresh: Target) -> int:
    name, words = old.enterprise.name, followed_by(fresh)
    return notify(
        [old.owner],
        topic=TOPIC,
        zh=f"{name} 超过 {QUIET_DAYS} 天没有跟进记录，已由{fresh.region.name}接手。",
        en=f"{name} had no note for {QUIET_DAYS} days. {words.en}.",
        link=page_of(old),
    )


def remind(today: date) -> int:
    """Owners of what is due or overdue, once for each due day and each silence; answers how many were told."""
    told = 0
    due = Target.objects.filter(state__in=OPEN, next_action_on__lte=today).select_related("enterprise", "owner")
    for target in due:
        told += notify(
            [target.owner],
            topic=TOPIC,
            zh=f"今天应跟进：{target.enterprise.name}（计划 {target.next_action_on}）",
            en=f"Due: {target.enterprise.name} (planned for {target.next_action_on})",
            link=page_of(target),
            key=f"target-due-{target.pk}-{target.next_action_on}",
        )
    for target in Target.objects.overdue(timezone.now()).select_related("enterprise", "owner"):
        told += notify(
            [target.owner],
            topic=TOPIC,
            zh=f"{target.enterprise.name} 已超过 {QUIET_DAYS} 天没有跟进记录，其他区域可以接手。",
            en=f"{target.enterprise.name} has had no note for {QUIET_DAYS} days; other regions may take it over.",
            link=page_of(target),
            key=f"target-quiet-{target.pk}-{target.last_word_at:%Y%m%d}",
        )
    return told


def colleagues_of(target: Target) -> list[User]:
    """Who may follow it: promotion staff whose role holds for its region."""
    people = User.objects.filter(is_active=True, role__in=["promotion", "admin"]).order_by("display_name", "username")
    path = target.region.path
    return [user for user in people if not user.region_code or f"/{user.region_code}/" in path]
