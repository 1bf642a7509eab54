"""Firms that a region follows to win them, what was said and done, and calls for what the chains need."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from enterprises.models import Enterprise
from geo.models import Region
from promotion.first_contact import HELD
from promotion.querysets import CallQuerySet, EventQuerySet, HandoverQuerySet, TargetQuerySet

NODE = r"[^/\s]+/\S+"
"""chain/node, as requirement profiles and projects write it."""


def _node() -> "models.CharField[str, str]":
    return models.CharField(
        max_length=181,
        blank=True,
        db_default="",
        default="",
        validators=[RegexValidator(rf"^{NODE}$", "chain/node")],
        help_text="chain/node",
    )


class Target(models.Model):
    """A firm that one region follows for one node. A firm is followed by one region at a time."""

    class State(models.TextChoices):
        NEW = "new", "新线索 New"
        CONTACTED = "contacted", "已接触 Contacted"
        VISITING = "visiting", "考察洽谈 Visiting"
        SIGNED = "signed", "已签约 Signed"
        DROPPED = "dropped", "已放弃 Dropped"

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="targets")
    node = _node()
    region = models.ForeignKey(Region, models.PROTECT, related_name="targets")
    owner = models.ForeignKey(User, models.PROTECT, related_name="targets")
    state = models.CharField(max_length=9, choices=State, db_default=State.NEW, default=State.NEW)
    since = models.DateTimeField(db_default=Now(), help_text="When this region took it up or was handed it.")
    last_word_at = models.DateTimeField(db_default=Now(), help_text="Of the last note, or of taking it up.")
    next_action_on = models.DateField(null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="target_one_region_at_a_time", fields=["enterprise"], condition=Q(state__in=HELD)
            ),
            models.CheckConstraint(
                name="target_state_known",
                condition=Q(state__in=["new", "contacted", "visiting", "signed", "dropped"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="target_region_state", fields=["region", "state"]),
            models.Index(name="target_next_action", fields=["next_action_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.state} {self.region_id}"


class TargetEvent(models.Model):
    """One line of a target's history: a note or a change. Written once; the database refuses to change or delete it."""

    class Kind(models.TextChoices):
        TAKEN = "taken", "首报 Taken up"
        NOTE = "note", "记录 Note"
        STATE = "state", "状态 State"
        OWNER = "owner", "负责人 Owner"
        ASKED = "asked", "申请移交 Handover asked for"
        AGREED = "agreed", "同意移交 Handed over"
        DECLINED = "declined", "不同意移交 Handover declined"
        TAKEN_OVER = "taken_over", "超期接手 Taken over"

    target = models.ForeignKey(Target, models.PROTECT, related_name="events")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(blank=True, db_default="", default="")
    before = models.CharField(max_length=200, blank=True, db_default="", default="")
    after = models.CharField(max_length=200, blank=True, db_default="", default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="targetevent_kind_known",
                condition=Q(kind__in=["taken", "note", "state", "owner", "asked", "agreed", "declined", "taken_over"]),
            ),
            models.CheckConstraint(name="targetevent_note_says_something", condition=~Q(kind="note", text="")),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.kind} {self.at:%Y-%m-%d}"


class Handover(models.Model):
    """Another region asks for a target; it goes over only when the holder agrees."""

    class State(models.TextChoices):
        OPEN = "open", "待答复 Open"
        AGREED = "agreed", "已同意 Agreed"
        DECLINED = "declined", "不同意 Declined"

    target = models.ForeignKey(Target, models.PROTECT, related_name="handovers")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text="Which asks.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    text = models.TextField(blank=True, db_default="", default="")
    state = models.CharField(max_length=8, choices=State, db_default=State.OPEN, default=State.OPEN)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, db_default="", default="")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="handover_asked_once_at_a_time", fields=["target", "region"], condition=Q(state="open")
            ),
            models.CheckConstraint(name="handover_state_known", condition=Q(state__in=["open", "agreed", "declined"])),
            models.CheckConstraint(
                name="handover_answered_by_someone",
                condition=Q(state="open", answered_at=None, answered_by=None)
                | (~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} → {self.region_id} {self.state}"


class Call(models.Model):
    """A call list (揭榜): what the chains need, for anyone who can make it. Public once it is published."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿 Draft"
        PUBLISHED = "published", "已发布 Published"
        CLOSED = "closed", "已结束 Closed"

    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True, db_default="", default="")
    region = models.ForeignKey(Region, models.PROTECT, related_name="calls")
    contact_office = models.CharField(max_length=120)
    contact_office_en = models.CharField(max_length=160, blank=True, db_default="", default="")
    contact_phone = models.CharField(max_length=40, blank=True, db_default="", default="")
    closes_on = models.DateField(null=True, blank=True, help_text="Last day.")
    state = models.CharField(max_length=9, choices=State, db_default=State.DRAFT, default=State.DRAFT)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="call_state_known", condition=Q(state__in=["draft", "published", "closed"])),
            models.CheckConstraint(
                name="call_published_has_a_day", condition=Q(state="draft") | Q(published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def nodes(self) -> list[str]:
        """What is called for, as chain/node."""
        return sorted(entry.node for entry in self.entries.all())


class CallEntry(models.Model):
    """One need of a call in words, as they stood when it was drawn up: no firm is named, no amount is told."""

    class Kind(models.TextChoices):
        BUILD = "build", "建链 Build"
        MEND = "mend", "补链 Mend"
        EXTEND = "extend", "延链 Extend"
        STRENGTHEN = "strengthen", "强链 Strengthen"

    call = models.ForeignKey(Call, models.CASCADE, related_name="entries")
    node = _node()
    kind = models.CharField(max_length=10, choices=Kind)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    chain_zh = models.CharField(max_length=120)
    chain_en = models.CharField(max_length=160)
    need_zh = models.TextField()
    need_en = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="callentry_once", fields=["call", "node"]),
            models.CheckConstraint(
                name="callentry_kind_known", condition=Q(kind__in=["build", "mend", "extend", "strengthen"])
            ),
            models.CheckConstraint(name="callentry_names_a_node", condition=~Q(node="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.node}"
