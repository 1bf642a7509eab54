"""Questions about the history of parcels."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from landparcels.publication.models import ParcelTransition  # noqa: F401


class TransitionQuerySet(models.QuerySet["ParcelTransition"]):
    def of(self, parcel_id: int) -> Self:
        """The latest first."""
        return self.filter(parcel=parcel_id).order_by("-id")
