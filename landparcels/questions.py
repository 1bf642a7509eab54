"""What is asked of the land, as the columns of the offer see it: where one looks, what holds, what is wished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geo import hexes
from geo.subtrees import adcodes_below
from landparcels.admission import PLAN_FIELDS, TERMS, Term, verdicts
from landparcels.indicators.own import own_indicators
from landparcels.matching import BLOCK, Columns, Hard, Mask, Soft, at_most
from landparcels.offer import OUTCOMES, Offer
from landparcels.own_terms import terms_with
from landparcels.power import POWER

Area: TypeAlias = Polygon | MultiPolygon
Asked = Mapping[str, Any]  # Any: validated by a serializer


@dataclass(frozen=True)
class Question:
    """One requirement over one offer. `where` holds the parcels looked at, `columns` what criteria read of them."""

    offer: Offer
    asked: Asked
    where: Mask

    @cached_property
    def project(self) -> Asked:
        return self.asked.get("project") or {}

    @cached_property
    def industry(self) -> str:
        return str(self.asked.get("industry") or self.project.get("industry") or "")

    @cached_property
    def hard(self) -> list[Hard]:
        low, high = self.asked.get("area_mu") or (None, None)
        bounds = [Hard("area_mu", "gte", low)] if low is not None else []
        bounds += [Hard("area_mu", "lte", high)] if high is not None else []
        return [Hard(**criterion) for criterion in self.asked["hard"]] + bounds

    @cached_property
    def soft(self) -> list[Soft]:
        return [Soft(**criterion) for criterion in self.asked["soft"]]

    @cached_property
    def columns(self) -> Columns:
        """The offer's, but `area_mu` is what one would take of a parcel; `place_km` is there where a place is given."""
        columns = {**self.offer.columns, "area_mu": self.taken_mu}
        if place := self.asked.get("place"):
            columns["place_km"] = distances(self.offer, self.where, place)
        return columns

    @cached_property
    def part_mu(self) -> float | None:
        """The land one would take of a divisible parcel that is larger: the most that is wanted, else what is needed."""
        most = (self.asked.get("area_mu") or (None, None))[1]
        return most if most is not None else self.project.get("mu")

    @cached_property
    def taken_mu(self) -> NDArray[np.float64]:
        area = self.offer.columns["area_mu"]
        if self.part_mu is None:
            return area
        return np.where((self.offer.columns["divisible"] == 1) & (area > self.part_mu), self.part_mu, area)

    @cached_property
    def outcomes(self) -> NDArray[np.uint8] | None:
        """Per parcel the place in OUTCOMES; None where no industry is named."""
        return self.offer.industry_outcomes(self.industry) if self.industry else None

    @cached_property
    def open_to(self) -> Mask:
        """Parcels looked at that do not exclude the industry."""
        if self.outcomes is None:
            return self.where
        shut: Mask = self.outcomes == OUTCOMES.index("excluded")
        return self.where & ~shut

    @cached_property
    def candidates(self) -> Mask:
        """Of these, where only parcels that would admit the project are wanted, those that fail it in nothing stated."""
        if not self.asked.get("admitting"):
            return self.open_to
        kept = self.open_to.copy()
        for verdict in verdicts(self.plan, self.offer.columns, self.taken_mu, self.terms).values():
            kept &= verdict >= 0
        return kept & ~self.too_weak

    @cached_property
    def power_mva(self) -> float | None:
        return self.project.get("power_mva")

    @cached_property
    def too_weak(self) -> Mask:
        """Parcels around which nothing can give the project the power it needs, as far as one knows."""
        if self.power_mva is None:
            return np.zeros(len(self.offer), dtype=bool)
        weak: Mask = at_most(self.offer.columns, Hard(POWER, "gte", self.power_mva)) < self.power_mva
        return weak

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Of the city's own those that are public, and those that the project states, which only staff could."""
        own = {code: one for code, one in own_indicators().items() if one.public or code in self.project}
        return {code: term for code, term in terms_with(own).items() if code in self.offer.columns}

    @cached_property
    def plan(self) -> dict[str, float | None]:
        return {name: self.project.get(name) for name in (*PLAN_FIELDS, *(self.terms.keys() - TERMS.keys()))}

    def elsewhere(self, where: Mask) -> "Question":
        """The same requirement in another place."""
        return replace(self, where=where)


def question(offer: Offer, asked: Asked) -> Question:
    where = looked_at(offer, region=asked.get("region"), box=asked.get("bbox"), area=asked.get("within"))
    return Question(offer, asked, where)


def looked_at(
    offer: Offer, *, region: str | None = None, box: Sequence[float] | None = None, area: "Area | None" = None
) -> Mask:
    """Where one looks: a region with all below it, a box, a drawn area; by label point."""
    mask = offer.in_regions(adcodes_below(region)) if region else offer.live.copy()
    if area is not None:
        mask &= offer.in_box(area.bounds)
        rows = np.flatnonzero(mask)
        shapely.prepare(area)
        mask[rows] = shapely.intersects_xy(area, offer.columns["lng"][rows], offer.columns["lat"][rows])
    if box:
        mask &= offer.in_box(box)
    return mask


def distances(offer: Offer, where: Mask, place: Sequence[float]) -> NDArray[np.float64]:
    """Great-circle km from a place to each label point; unknown for parcels that are not looked at."""
    distance = np.full(len(offer), np.nan)
    rows = np.flatnonzero(where)
    here = hexes.directions(*np.asarray(place, dtype=float))
    for start in range(0, rows.size, BLOCK):
        block = rows[start : start + BLOCK]
        distance[block] = hexes.apart_km(here, [axis[block] for axis in offer.directions])
    return distance
