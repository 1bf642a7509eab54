"""One chain on the map: flows between districts, and what each park has of it."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import shapely
from django.contrib.gis.geos import Point
from django.db.models import Q

from accounts.rights import Person
from chains.answers import Answer
from chains.flows import Flow, estimated, recorded
from chains.graph import Ints
from chains.models import EnterpriseNode
from chains.picture import ChainPicture
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, SupplyTie
from geo.categories import PUBLIC_ZONE_KINDS
from geo.models import Region, Zone

ZONE_KINDS_OF_PARKS = PUBLIC_ZONE_KINDS


class District(NamedTuple):
    adcode: str
    name: str
    name_en: str
    place: Point


def flows(picture: ChainPicture, basis: str | None, user: Person) -> Answer:
    """Recorded ties where there are any with amounts, else estimated; `basis` asks for one of them."""
    districts, of_firm = _districts(picture)
    found: list[Flow] = []
    if basis != "estimated":
        found = _recorded(picture, of_firm, user)
        basis = basis or ("recorded" if any(flow.amount > 0 for flow in found) else "estimated")
    if basis == "estimated":
        supply = picture.figures.supply
        found = estimated(picture.graph, picture.made, of_firm, supply.supply, supply.demand, len(districts))
    found.sort(key=lambda flow: -flow.amount)
    made = np.zeros(len(districts))
    known = ~np.isnan(picture.made.amount) & (of_firm[picture.made.enterprise] >= 0)
    np.add.at(made, of_firm[picture.made.enterprise[known]], picture.made.amount[known])
    return {
        "basis": basis,
        "districts": [
            {
                "adcode": one.adcode, "name": one.name, "name_en": one.name_en, "lng": one.place.x, "lat": one.place.y,
                "supply": float(made[at]),
            }
            for at, one in enumerate(districts)
        ],
        "flows": [
            {
                "source": districts[flow.source].adcode, "target": districts[flow.target].adcode,
                "amount": flow.amount, "ties": flow.ties,
            }
            for flow in found
        ],
        "synthetic": picture.synthetic,
    }  # fmt: skip


def _districts(picture: ChainPicture) -> tuple[list[District], Ints]:
    """The districts in which the chain's firms stand, and the position of each enterprise's district (−1: none)."""
    level = Region.Level.DISTRICT
    regions = {region.pk: region for region in Region.objects.filter(level=level).exclude(outline=None)}
    above: dict[str, str] = {}
    for adcode, path in Region.objects.values_list("adcode", "path"):
        inside = [part for part in path.split("/") if part in regions]
        if inside:
            above[adcode] = inside[0]
    makers = np.unique(picture.made.enterprise)
    ids = picture.city.ids[makers].tolist()
    region_of = dict(Enterprise.objects.filter(pk__in=ids).values_list("pk", "region"))
    codes = [above.get(region_of.get(key) or "") for key in ids]
    names = sorted({code for code in codes if code is not None})
    place = {code: at for at, code in enumerate(names)}
    of_firm = np.full(picture.city.ids.size, -1, dtype=np.int64)
    of_firm[makers] = [-1 if code is None else place[code] for code in codes]
    return [_district(regions[code]) for code in names], of_firm


def _district(region: Region) -> District:
    assert region.outline is not None  # those without were left out
    return District(region.adcode, region.name, region.name_en or region.name, region.outline.point_on_surface)


def _recorded(picture: ChainPicture, of_firm: Ints, user: Person) -> list[Flow]:
    year = picture.city.reference_year
    made = picture.made
    keys = picture.city.ids[np.unique(made.enterprise)].tolist()
    ties = SupplyTie.objects.visible_to(user).filter(
        Q(year=None) | Q(year__range=(year - OLDEST_YEARS, year)), supplier__in=keys, customer__in=keys
    )
    district = {
        int(picture.city.ids[at]): int(of_firm[at]) for at in np.unique(made.enterprise).tolist() if of_firm[at] >= 0
    }
    makes: defaultdict[int, set[int]] = defaultdict(set)
    for enterprise, node in zip(picture.city.ids[made.enterprise].tolist(), made.node.tolist(), strict=True):
        makes[enterprise].add(node)
    edges = set(zip(picture.graph.source.tolist(), picture.graph.target.tolist(), strict=True))
    return recorded(ties.values_list("supplier", "customer", "amount"), district, makes, edges)


def parks(picture: ChainPicture, user: Person) -> list[Answer]:
    """Parks and zones with firms of the chain: how many, what they make, at which nodes; the largest first."""
    firms = EnterpriseNode.objects.filter(node__chain=picture.chain, enterprise__in_city=True).values("enterprise")
    rows = Enterprise.objects.filter(pk__in=firms).values_list("pk", "place")
    placed = [(pk, place.x, place.y) for pk, place in rows if place is not None]
    ids = np.array([pk for pk, _, _ in placed], dtype=np.int64)
    x, y = (np.array([row[axis] for row in placed], dtype=np.float64) for axis in (1, 2))
    total = float(picture.figures.supply.supply[picture.graph.is_leaf].sum())
    amount = np.nan_to_num(picture.made.amount)
    found = []
    for zone in Zone.objects.visible_to(user).filter(kind__in=ZONE_KINDS_OF_PARKS).order_by("code"):
        outline = shapely.from_wkb(bytes(zone.outline.wkb))
        shapely.prepare(outline)
        inside = ids[shapely.intersects_xy(outline, x, y)]
        here = np.isin(picture.city.ids[picture.made.enterprise], inside)
        if not here.any():
            continue
        made, place = float(amount[here].sum()), zone.outline.point_on_surface
        by_node = np.bincount(picture.made.node[here], amount[here], picture.graph.size)
        found.append(
            {
                "code": zone.code,
                "name": zone.name or zone.code,
                "kind": zone.kind,
                "enterprises": int(np.unique(picture.made.enterprise[here]).size),
                "supply": made,
                "share": made / total if total > 0 else None,
                "nodes": [
                    picture.nodes[at].code for at in np.argsort(-by_node, kind="stable")[:3].tolist() if by_node[at] > 0
                ],
                "lng": place.x,
                "lat": place.y,
            }
        )
    return sorted(found, key=lambda row: (-float(row["supply"]), str(row["code"])))
