"""Saved searches, the parcels they were told of, and what was sent to other servers."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.contacts import EncryptedText
from accounts.models import User
from investors.querysets import DeliveryQuerySet, SavedSearchQuerySet
from landparcels.models import Parcel


class SavedSearch(models.Model):
    """A requirement as `parcels/match/` takes it; its owner is told when another parcel meets it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=80)
    requirement = models.JSONField()
    address = models.CharField(max_length=4000, blank=True, help_text="Query of the Land page it was saved from.")
    active = models.BooleanField(default=True)
    by_app = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    webhook = EncryptedText(
        blank=True, default="", help_text="Address that is called; encrypted, as it may hold a key."
    )
    secret = EncryptedText(blank=True, default="", help_text="Signs what the address is sent.")
    meets = ArrayField(
        models.BigIntegerField(), default=list, help_text="Ids of the parcels that met it when it was last looked at."
    )
    created_at = models.DateTimeField(db_default=Now())
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="savedsearch_active", fields=["id"], condition=Q(active=True))]

    def __str__(self) -> str:
        return self.name


class Hit(models.Model):
    """A parcel that a search's owner was told of: once, whatever becomes of it later."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="hit_once", fields=["search", "parcel"])]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.parcel_id}"


class Delivery(models.Model):
    """One call of a webhook, with what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发送 Waiting"
        DELIVERED = "delivered", "已送达 Delivered"
        FAILED = "failed", "未送达 Failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="deliveries")
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="HTTP status of the last answer.")
    problem = models.CharField(max_length=20, blank=True, help_text="Why the last attempt failed.")
    created_at = models.DateTimeField(db_default=Now())
    tried_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="delivery_of_search", fields=["search", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                name="delivery_state_known", condition=Q(state__in=["waiting", "delivered", "failed"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class SearchProgress(models.Model):
    """Up to which change of the parcels all searches were looked at: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="searchprogress_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.stamp)
