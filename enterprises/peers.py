"""The potential of all firms at once, kept until a table behind it changes: of the city's among themselves, and of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enterprises.criteria import FIGURES, Criteria, Years, criteria
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, EnterpriseYear
from enterprises.potential import GROWTH_YEARS, NOBODY, Floats, Ints, Peers, Potential, potential
from enterprises.querysets import EnterpriseQuerySet
from enterprises.selectors import as_table, in_chunks, reference_year
from geo.versions import Kept

VERSIONS = ("enterprises", "enterprise_years")


@dataclass(frozen=True, eq=False)
class Weighed:
    """Firms by primary key, sorted, with their criteria and what these come to."""

    ids: Ints
    criteria: Criteria
    potential: Potential
    reference_year: int

    def position(self, enterprise_id: int) -> int | None:
        at = int(np.searchsorted(self.ids, enterprise_id))
        return at if at < self.ids.size and self.ids[at] == enterprise_id else None

    def peers_of(self, at: int) -> Peers | None:
        group = int(self.potential.peers[at])
        return None if group == NOBODY else self.potential.groups[group]

    def scores(self, enterprises: Ints) -> Floats:
        """0..100 of each of these firms, in their order; NaN for one without a score."""
        if not self.ids.size:
            return np.full(len(enterprises), np.nan)
        at = np.minimum(np.searchsorted(self.ids, enterprises), self.ids.size - 1)
        return np.where(self.ids[at] == enterprises, self.potential.score[at], np.nan)


def _weigh(firms: EnterpriseQuerySet) -> Weighed:
    reference = reference_year() or 0
    keys: list[int] = []
    land: list[float] = []
    divisions: list[str] = []
    for chunk in in_chunks(firms.order_by("pk").values_list("pk", "land_mu", "industry")):
        for key, mu, industry in chunk:
            keys.append(key)
            land.append(np.nan if mu is None else mu)
            divisions.append(industry[:2])
    ids = np.array(keys, dtype=np.int64)
    told = criteria(ids, np.array(land, dtype=np.float64), _years(reference), reference=reference)
    return Weighed(ids, told, potential(told.values, np.array(divisions, dtype="<U2")), reference)


def _years(reference: int) -> Years:
    """Of all firms: those that are not asked about do no harm."""
    first = reference - OLDEST_YEARS - GROWTH_YEARS
    rows = EnterpriseYear.objects.filter(year__range=(first, reference)).values_list("enterprise_id", "year", *FIGURES)
    table = as_table(rows, 2 + len(FIGURES))
    figures = {name: table[:, 2 + at] for at, name in enumerate(FIGURES)}
    return Years(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), figures)


IN_CITY = Kept(VERSIONS, lambda: _weigh(Enterprise.objects.in_city()))
"""Firms of the city among the firms of the city."""

EVERYWHERE = Kept(VERSIONS, lambda: _weigh(Enterprise.objects.all()))
"""All loaded firms among all: what a firm elsewhere is worth inviting for."""


def weighed_with(firm: Enterprise) -> Weighed:
    """Where this firm's peers are."""
    return (IN_CITY if firm.in_city else EVERYWHERE).get()
