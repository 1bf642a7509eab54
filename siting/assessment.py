"""Cases from the city as it is now: a site, parcels, or every cell (METHODS 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from numpy.typing import NDArray

from accounts.rights import Person
from geo import hexes
from geo.city import city_outline
from geo.errors import BadParameter
from geo.hexes import Floats
from geo.words import Words
from landparcels.models import Parcel
from landparcels.stability import CANDIDATES, share_in_top_ten
from siting import exclusion, fit, neighbours, supply
from siting.exclusion import Reason
from siting.ground import Ground
from siting.intensity import intensity_at, intensity_of
from siting.judging import NO_NODE, Case, Judgement, judge
from siting.resources import Needs


@dataclass(frozen=True, eq=False)
class Assessed:
    """Places judged side by side; `cells` are positions in the grid of the ground."""

    ground: Ground
    needs: Needs
    cells: NDArray[np.int64]
    judgement: Judgement


@dataclass(frozen=True, eq=False)
class SiteAssessed(Assessed):
    """One site, at position 0, with why it is out and whether its hazard is unplaced there."""

    reasons: list[Reason]
    unplaced_hazard: bool


@dataclass(frozen=True, eq=False)
class ParcelsAssessed(Assessed):
    """Parcels with their reasons; `order` lists those not excluded, best first, then the rest by code."""

    parcels: list[Parcel]
    reasons: list[list[Reason]]
    order: NDArray[np.intp]
    stability: Mapping[int, float]


@dataclass(frozen=True, eq=False)
class FieldAssessed(Assessed):
    """Every cell of the city, and which are out."""

    excluded: NDArray[np.bool_]


def assess_site(needs: Needs, weights: Mapping[str, float], lon: float, lat: float) -> SiteAssessed:
    """The site stands at the centre of its cell. Outside the city (the sea, too) is an error."""
    if not shapely.contains_xy(city_outline(), lon, lat):
        raise BadParameter(
            "at",
            zh=f"({lon:g}, {lat:g}) 不在本市范围内（在海上或市外），请在市域陆地上选点。",
            en=f"({lon:g}, {lat:g}) is not in the city: it lies at sea or beyond the border. Choose a place on its land.",
        )
    ground = supply.ground()
    position = ground.grid.positions(hexes.cells_at([lon], [lat]))
    centre = ground.grid.centres[position[0]]
    judgement = _judge(ground, needs, weights, position, intensity_at(position))
    return SiteAssessed(
        ground,
        needs,
        position,
        judgement,
        exclusion.of_point(ground.zones, centre, needs.hazard),
        exclusion.unplaced_hazard(ground.zones, centre, needs.hazard),
    )


def assess_parcels(
    needs: Needs, weights: Mapping[str, float], codes: Sequence[str], *, user: Person
) -> ParcelsAssessed:
    """Parcels one may see, by their label points; a code that does not exist is named."""
    rows = Parcel.objects.visible_to(user).filter(code__in=set(codes)).order_by("code")
    parcels = list(rows.defer("web", "outline"))
    found = {parcel.code for parcel in parcels}
    missing = [code for code in dict.fromkeys(codes) if code not in found]
    if missing:
        shown = missing[0] if len(missing) == 1 else f"{missing[0]} … ({len(missing)})"
        raise BadParameter(
            "parcels", zh=f"没有宗地 {shown}；请核对编号。", en=f"There is no parcel {shown}; check its code."
        )
    ground = supply.ground()
    places = [(parcel.label_point.x, parcel.label_point.y) for parcel in parcels]
    positions = ground.grid.positions(hexes.cells_at([lon for lon, _ in places], [lat for _, lat in places]))
    for parcel, position in zip(parcels, positions, strict=True):
        if position < 0:
            raise BadParameter(
                "parcels", zh=f"宗地 {parcel.code} 不在本市范围内。", en=f"Parcel {parcel.code} is not in the city."
            )
    judgement = _judge(ground, needs, weights, positions, intensity_of(parcels))
    outlines = rows.annotate(wkb=AsWKB("outline")).values_list("wkb", flat=True)
    reasons = [exclusion.of_parcel(ground.zones, shapely.from_wkb(bytes(wkb)), needs.hazard) for wkb in outlines]
    order, stability = _ranked(judgement, np.array([bool(found) for found in reasons], dtype=bool))
    return ParcelsAssessed(ground, needs, positions, judgement, parcels, reasons, order, stability)


def assess_field(needs: Needs, weights: Mapping[str, float]) -> FieldAssessed:
    """Every cell of the city."""
    ground = supply.ground()
    everywhere = np.arange(len(ground.grid))
    judgement = _judge(ground, needs, weights, everywhere, intensity_at(everywhere))
    return FieldAssessed(ground, needs, everywhere, judgement, ground.held.excluded(needs.hazard))


def _judge(
    ground: Ground,
    needs: Needs,
    weights: Mapping[str, float],
    positions: NDArray[np.int64],
    intensity_min: Floats | Words,
) -> Judgement:
    beside = neighbours.output_in_reach(ground, needs.node) if needs.node else NO_NODE
    case = Case(ground, needs, positions, ground.held.excluded(needs.hazard), beside, intensity_min)
    return judge(case, weights)


def _ranked(judgement: Judgement, out: NDArray[np.bool_]) -> tuple[NDArray[np.intp], dict[int, float]]:
    """Parcels stand in code order, which breaks ties; excluded and unknown ones come last and have no stability."""
    scores = np.round(judgement.composite, 9)
    candidate = ~out & ~np.isnan(scores)
    order = np.lexsort((np.arange(len(scores)), -np.where(candidate, scores, -np.inf), ~candidate))
    best = order[: min(CANDIDATES, int(candidate.sum()))]
    shares = share_in_top_ten(
        fit.logarithms(judgement.fits[:, best]).T, judgement.weights, np.arange(len(best), dtype=np.intp)
    )
    return order, {} if shares is None else dict(zip(best.tolist(), shares.tolist(), strict=True))
