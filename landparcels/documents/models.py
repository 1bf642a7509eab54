"""A file that belongs to a parcel."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.models import Region


class DocumentKind(models.TextChoices):
    """What the paper is."""

    PLANNING = "planning", "规划条件 Planning conditions"
    SURVEY = "survey", "勘测定界 Survey"
    ASSESSMENT = "assessment", "评估报告 Assessment"
    APPROVAL = "approval", "批复文件 Approval"
    DRAWING = "drawing", "图纸 Drawing"
    NOTICE = "notice", "公告 Notice"
    PHOTO = "photo", "现场照片 Photograph"
    OTHER = "other", "其他 Other"


class ParcelDocumentQuerySet(models.QuerySet["ParcelDocument"]):
    def visible_to(self, user: Person) -> Self:
        """Of parcels one may see: the public ones, and for staff those of parcels in their region."""
        from landparcels.models import Parcel  # that module reads this one for its model

        rows = self.filter(parcel__in=Parcel.objects.visible_to(user))
        if not may_see_staff_data(user):
            return rows.filter(public=True)
        scope = region_scope(user)
        if scope is None:
            return rows
        return rows.filter(Q(public=True) | Q(parcel__region__in=Region.objects.subtree(scope)))


class ParcelDocument(models.Model):
    """`path` is below MEDIA_ROOT and tells nothing of the name; `media_type` is what the bytes say, not the name."""

    parcel = models.ForeignKey("landparcels.Parcel", models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=DocumentKind)
    dated = models.DateField(null=True, blank=True, help_text="The day on the paper.")
    public = models.BooleanField(default=False, db_default=False)
    file_name = models.CharField(max_length=200, help_text="As it is saved by those who fetch it.")
    path = models.CharField(max_length=200, unique=True)
    media_type = models.CharField(max_length=60)
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())

    objects = ParcelDocumentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="parceldocument_kind_known", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(name="parceldocument_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
