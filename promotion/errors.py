"""Errors of this room that can be shown to a person."""

from django.utils import timezone

from geo.errors import Conflict
from geo.words import Words, say
from promotion.models import Target


class AlreadyFollowed(Conflict):
    """Another region was quicker; the words say which, and since when."""


def followed_by(target: Target) -> Words:
    """All that others may know of a target."""
    region, day = target.region, timezone.localtime(target.since).date().isoformat()
    return say(
        zh=f"该企业自 {day} 起由{region.name}跟进",
        en=f"This firm has been followed by {region.name_en or region.name} since {day}",
    )
