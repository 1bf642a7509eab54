"""What was shown: versions of public parcels that no longer stand, and the public of any day as rows like parcels."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q

from geo.fields import STORAGE_SRID, WEB_SRID
from geo.models import Region, Source
from landparcels.models import ParcelColumns
from landparcels.publication.querysets import ShownQuerySet


class _Past(ParcelColumns):
    """The columns of a parcel, held to nothing that may have changed or gone since."""

    code = models.CharField(max_length=60)
    region = models.ForeignKey(
        Region, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    source = models.ForeignKey(
        Source, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    web = models.MultiPolygonField(srid=WEB_SRID, null=True, spatial_index=False)
    label_point = models.PointField(srid=STORAGE_SRID, null=True, spatial_index=False)
    area_mu = models.FloatField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, help_text="Not included; null: it still stands.")

    class Meta:
        abstract = True


class ParcelVersion(_Past):
    """A public parcel as it stood from one instant to another; written by triggers when it changes or goes."""

    parcel = models.BigIntegerField(help_text="Id of the parcel, which may be gone.")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="parcelversion_parcel", fields=["parcel", "valid_from"]),
            models.Index(name="parcelversion_valid", fields=["valid_to", "valid_from"]),
            GistIndex(name="parcelversion_web", fields=["web"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="parcelversion_ended", condition=Q(valid_to__gte=models.F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.valid_from} – {self.valid_to}"


class ParcelShown(_Past):
    """A view: versions, and public parcels as they stand. The id is the parcel's, so it names one row of one day."""

    status_now = models.CharField(max_length=12, null=True, help_text="The parcel's today; null: it is gone.")

    objects = ShownQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "landparcels_parcelshown"

    def __str__(self) -> str:
        return f"{self.code}: {self.valid_from} – {self.valid_to or ''}"
