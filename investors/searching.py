"""Which parcels meet a saved search: all searches are held against the few that changed, not the other way round.

What counts is what excludes (hard criteria, area, place, industry, admission): wishes rank, they exclude nobody.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rest_framework.exceptions import ValidationError

from accounts.models import User
from accounts.rights import visibility_key
from geo.errors import BadParameter
from geo.versions import Stamp, stamp
from landparcels.indicators.own import VERSION as DICTIONARY
from landparcels.matching import Mask, RequirementError, check, met
from landparcels.offer import Offer
from landparcels.questions import Asked, Question, looked_at
from landparcels.requests import MatchSerializer

MOST_MET = 20_000
"""A search that this many parcels meet tells its owner nothing."""
LARGEST = 100_000
"""Letters of a requirement; a drawn area is the largest part of one."""
REMEMBERED = 20_000
SHAPES_AN_ANSWER = frozenset({"limit", "stability", "groups"})


@dataclass(slots=True)
class Judge:
    """Holds requirements against an offer; a region that several searches ask for is looked up once."""

    offer: Offer
    _regions: dict[str, Mask] = field(default_factory=dict)
    _dictionary: Stamp = field(default_factory=lambda: stamp(DICTIONARY))

    def meeting(self, requirement: Mapping[str, Any], person: User) -> Mask:  # Any: JSON
        """Which parcels of the offer meet it. Raises BadParameter or ValidationError where it can be met by none,
        as a region or an indicator is gone, or not for this person's eyes any more.
        """
        asked = _read(json.dumps(requirement, sort_keys=True), _Person(person), self._dictionary)
        where = self._in_region(asked.get("region") or "")
        if asked.get("bbox") or asked.get("within") is not None:
            where = where & looked_at(self.offer, box=asked.get("bbox"), area=asked.get("within"))
        asking = Question(self.offer, asked, where)
        check(asking.hard, asking.soft)
        return met(asking.columns, asking.hard, asking.candidates, allow_unknown=asked["allow_unknown"])

    def ids(self, requirement: Mapping[str, Any], person: User) -> list[int]:  # Any: JSON
        """The same as ids; none where nothing can meet it any more."""
        try:
            found: list[int] = self.offer.ids[self.meeting(requirement, person)].tolist()
        except (BadParameter, RequirementError, ValidationError):
            return []
        return found

    def _in_region(self, region: str) -> Mask:
        if region not in self._regions:
            self._regions[region] = looked_at(self.offer, region=region or None)
        return self._regions[region]


class _Person:
    """Equal to another who sees the same, so that what they ask alike is read once."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.key = visibility_key(person)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Person) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(REMEMBERED)
def _read(requirement: str, of: _Person, dictionary: Stamp) -> Asked:
    """By the serializer of parcels/match/, as the city's dictionary of indicators stands; it may have changed since."""
    asked = MatchSerializer(data=json.loads(requirement), context={"person": of.person})
    asked.is_valid(raise_exception=True)
    validated: Asked = asked.validated_data
    return validated


def kept_of(requirement: Mapping[str, Any]) -> dict[str, Any]:  # Any: JSON that was found valid
    """What is stored: as it was sent, without what only shapes an answer."""
    kept = {name: value for name, value in requirement.items() if name not in SHAPES_AN_ANSWER and value is not None}
    if len(json.dumps(kept)) > LARGEST:
        raise BadParameter(
            "requirement",
            zh="条件过大；请简化画出的范围。",
            en="The requirement is too large; simplify the drawn area.",
        )
    return kept


def newly_met(before: Iterable[int], judged: Sequence[int] | None, meets: Sequence[int]) -> tuple[list[int], list[int]]:
    """What meets it now in all, and what of that did not before. `judged`: only these were looked at; None: all."""
    known = set(before)
    now = set(meets) if judged is None else (known - set(judged)) | set(meets)
    return sorted(now), sorted(now - known)
