"""What firms offer and want, which names mean the same, and who was brought together with whom."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.contacts import EncryptedText
from accounts.models import User
from board.names import LONGEST, Name, name_of
from board.querysets import IntroductionQuerySet, PostQuerySet, SynonymQuerySet
from board.units import UNITS
from chains.models import ChainNode
from enterprises.models import Enterprise
from geo.models import Region, Source
from investors.models import Enquiry

NAME_COLUMNS = ("normal", "pinyin", "initials", "found_by")
"""Worked out from the product's name (board.names), by whoever writes it."""
LONGEST_WORDS = 1000


class Post(models.Model):
    """A firm offers a product, or wants one: once for each product, until a last day."""

    class Kind(models.TextChoices):
        OFFER = "offer", "供应 Offer"
        WANT = "want", "需求 Want"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿 Draft"
        PUBLISHED = "published", "已发布 Published"
        CLOSED = "closed", "已结束 Closed"

    kind = models.CharField(max_length=5, choices=Kind)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="posts")
    product = models.CharField(max_length=LONGEST)
    normal = models.CharField(max_length=LONGEST * 2, editable=False)
    pinyin = models.TextField(editable=False)
    initials = models.TextField(editable=False)
    found_by = models.TextField(editable=False)
    node = models.ForeignKey(ChainNode, models.SET_NULL, null=True, blank=True, related_name="posts")
    quantity = models.FloatField(null=True, blank=True, help_text="In all; null: not said.")
    unit = models.CharField(
        max_length=8, choices=[(one.code, one.zh) for one in UNITS.values()], blank=True, db_default="", default=""
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="posts", help_text="Whose office keeps it.")
    until = models.DateField(help_text="Last day.")
    words = models.TextField(blank=True, db_default="", default="")
    state = models.CharField(max_length=9, choices=State, db_default=State.DRAFT, default=State.DRAFT)
    person = EncryptedText(blank=True, db_default="", default="")
    phone = EncryptedText(blank=True, db_default="", default="")
    email = EncryptedText(blank=True, db_default="", default="")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Null: imported.")
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(db_default=1, default=1, help_text="Raised by each change by a person.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="post_once", fields=["enterprise", "kind", "normal"]),
            models.CheckConstraint(name="post_kind_known", condition=Q(kind__in=["offer", "want"])),
            models.CheckConstraint(name="post_state_known", condition=Q(state__in=["draft", "published", "closed"])),
            models.CheckConstraint(name="post_names_a_product", condition=~Q(normal="") & ~Q(product="")),
            models.CheckConstraint(name="post_unit_known", condition=Q(unit__in=["", *UNITS])),
            models.CheckConstraint(
                name="post_quantity_with_its_unit",
                condition=Q(quantity=None, unit="") | (Q(quantity__isnull=False, quantity__gt=0) & ~Q(unit="")),
            ),
            models.CheckConstraint(
                name="post_published_has_a_day", condition=Q(state="draft") | Q(published_at__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            GinIndex(OpClass(F("found_by"), "gin_trgm_ops"), name="post_found_by"),
            models.Index(name="post_normal", fields=["normal"]),
            models.Index(name="post_on_board", fields=["kind", "until"], condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.product}"

    @property
    def name(self) -> Name:
        return Name(self.normal, self.pinyin, self.initials, self.found_by)

    def call_it(self, product: str) -> None:
        """Its product, and all that it is found by."""
        self.product = product
        name = name_of(product)
        for column in NAME_COLUMNS:
            setattr(self, column, getattr(name, column))


class Synonym(models.Model):
    """`name` means the same as `head`; names that share a head, or hang together by others, are one group."""

    name = models.CharField(max_length=LONGEST)
    normal = models.CharField(max_length=LONGEST * 2, unique=True, editable=False)
    head = models.CharField(max_length=LONGEST)
    head_normal = models.CharField(max_length=LONGEST * 2, editable=False)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SynonymQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="synonym_of_another_name", condition=~Q(normal=F("head_normal"))),
            models.CheckConstraint(name="synonym_names_something", condition=~Q(normal="") & ~Q(head_normal="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.head}"


class Introduction(models.Model):
    """Someone asked for a post, and perhaps has one of their own that answers it; the office keeps the thread."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="introductions")
    counterpart = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="introduction")

    objects = IntroductionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.post_id} ↔ {self.counterpart_id or self.enquiry_id}"
