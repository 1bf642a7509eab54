"""Which parcels meet a saved search: all searches are held against the few that changed, not the other way round.

What counts is the hard part of the requirement (hard criteria, area, region, bbox, industry): wishes rank, they exclude nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.errors import BadParameter
from geo.filters import subtree_of
from landparcels.answers import candidates
from landparcels.matching import Columns, Hard, Mask, check, met
from landparcels.offer import OUTCOMES, Offer

MOST_MET = 20_000
"""A search that this many parcels meet tells its owner nothing."""


@dataclass(slots=True)
class Judge:
    """Holds requirements against an offer; what several searches ask alike (a region, an industry) is worked out once."""

    offer: Offer
    _regions: dict[str, Mask] = field(default_factory=dict)
    _industries: dict[str, Mask] = field(default_factory=dict)

    def meeting(self, requirement: Mapping[str, Any]) -> Mask:  # Any: validated by MatchSerializer
        """Which parcels of the offer meet it; a search whose region or indicator is gone is met by none."""
        columns: Columns = self.offer.columns
        hard = hard_part(requirement)
        if any(rule.indicator not in columns for rule in hard):
            return np.zeros(len(self.offer), dtype=bool)
        where = self._in_region(requirement.get("region") or "").copy()
        if box := requirement.get("bbox"):
            where &= self.offer.in_box(box)
        project = requirement.get("project") or {}
        if industry := requirement.get("industry") or project.get("industry") or "":
            where &= self._open_to(industry)
        return met(columns, hard, where, allow_unknown=bool(requirement.get("allow_unknown")))

    def _in_region(self, region: str) -> Mask:
        if region not in self._regions:
            try:
                self._regions[region] = candidates(self.offer, region=region or None)
            except BadParameter:
                self._regions[region] = np.zeros(len(self.offer), dtype=bool)
        return self._regions[region]

    def _open_to(self, industry: str) -> Mask:
        if industry not in self._industries:
            self._industries[industry] = self.offer.industry_outcomes(industry) != OUTCOMES.index("excluded")
        return self._industries[industry]


def hard_part(requirement: Mapping[str, Any]) -> list[Hard]:
    """The criteria that exclude, the area among them."""
    rules = [Hard(**rule) for rule in requirement.get("hard") or []]
    low, high = requirement.get("area_mu") or (None, None)
    rules += [Hard("area_mu", "gte", low)] if low is not None else []
    rules += [Hard("area_mu", "lte", high)] if high is not None else []
    return rules


def read_requirement(asked: Mapping[str, Any]) -> dict[str, Any]:  # Any: validated by MatchSerializer
    """What is kept of a requirement: as JSON, without what only shapes an answer; contradictions are refused now."""
    check(hard_part(asked), [])
    if asked.get("region"):
        subtree_of(asked["region"])  # an unknown one is an error now, not a search that stays silent
    kept: dict[str, Any] = plain({name: asked[name] for name in asked if name not in {"limit", "stability"}})
    return kept


def plain(value: Any) -> Any:  # Any: JSON
    """Ordered mappings of the serializer as plain ones."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items() if one is not None}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def newly_met(
    before: Iterable[int], looked_at: Sequence[int] | None, meets: Sequence[int]
) -> tuple[list[int], list[int]]:
    """What meets it now in all, and what of that did not before. `looked_at`: only these were judged; None: all."""
    known = set(before)
    now = set(meets) if looked_at is None else (known - set(looked_at)) | set(meets)
    return sorted(now), sorted(now - known)
