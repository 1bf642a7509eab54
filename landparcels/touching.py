"""Which parcels touch; the database keeps it as outlines change (sql/neighbours.sql)."""

from typing import ClassVar

from django.db import models


class ParcelNeighbour(models.Model):
    """Two parcels with at least 20 m of edge in common, the lesser id first: written by triggers as outlines change."""

    first = models.BigIntegerField()
    second = models.BigIntegerField(db_index=True)
    metres = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="parcelneighbour_once", fields=["first", "second"])]

    def __str__(self) -> str:
        return f"{self.first} | {self.second}: {self.metres:.1f} m"
