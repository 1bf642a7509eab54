"""Reads what a city offers into arrays (siting.ground), and keeps it until one of the tables behind it changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB

from geo import catchment, hexes
from geo.catchment import Commitments, Days
from geo.city import city_grid
from geo.fields import Latitude, Longitude
from geo.hexes import Floats
from geo.models import Facility, GridValue, Zone
from geo.versions import Kept
from siting import exclusion
from siting.exclusion import HAZARDS, Zones
from siting.ground import Committed, Ground, Stations
from siting.models import Project
from siting.resources import JOBS, RESIDENT_WORKERS, RESOURCES, Needs

PERIODS = {RESIDENT_WORKERS: ("all", "night", "day"), JOBS: ("all", "day", "night")}
"""Of the periods a layer was loaded for, the first counts: people live at night and work by day."""

NEED_COLUMNS = (
    "code", "node", "investment", "land_mu", "jobs", "hazard",
    "power_mva", "water_m3d", "gas_m3h", "sewage_m3d", "steam_th",
)  # fmt: skip


def ground() -> Ground:
    """The city as it is now."""
    return _ground.get()


def zones() -> Zones:
    """Every zone that holds a rule."""
    return _zones.get()


def residual_capacities(category: str) -> Mapping[int, float]:
    """F_k of each facility of a category by its id, after all commitments; unknown ones are left out."""
    stations = _stations.get().get(category)
    if stations is None:
        return {}
    amounts = stations.amount
    resource = next((one for one in RESOURCES.values() if one.category == category and one.reach_km), None)
    if resource is not None:
        committed = _committed.get()
        demands = committed.demands(resource)
        drawing = np.flatnonzero(demands > 0)
        commitments = Commitments(
            hexes.centres(committed.cells[drawing]), demands[drawing], committed.committed_on[drawing]
        )
        amounts = catchment.residual(stations.supplies, commitments, resource.reach_km).amount
    return {
        int(identity): float(amount)
        for identity, amount in zip(stations.identity, amounts, strict=True)
        if not np.isnan(amount)
    }


def _read_stations() -> dict[str, Stations]:
    rows = Facility.objects.annotate(lon=Longitude("place"), lat=Latitude("place")).order_by("category", "code")
    columns = ("category", "id", "code", "name", "name_en", "capacity", "spare", "as_of", "voltage_kv", "approximate")
    by_category: dict[str, list[tuple[Any, ...]]] = {}
    for category, *rest in rows.values_list(*columns, "lon", "lat"):
        by_category.setdefault(category, []).append(tuple(rest))
    return {category: _side_by_side(rest) for category, rest in by_category.items()}


def _side_by_side(rows: Sequence[tuple[Any, ...]]) -> Stations:
    identity, code, name, name_en, capacity, spare, as_of, voltage, approximate, lon, lat = zip(*rows, strict=True)
    recorded = ~np.isnan(spares := _floats(spare))
    return Stations(
        identity=np.array(identity, dtype=np.int64),
        code=list(code),
        name=list(name),
        name_en=list(name_en),
        amount=np.where(recorded, spares, _floats(capacity)),
        spare_recorded=recorded,
        spare_as_of=np.where(recorded, _days(as_of), np.datetime64("NaT", "D")),
        voltage_kv=_floats(voltage),
        approximate=np.array(approximate, dtype=bool),
        lonlat=hexes.centres(hexes.cells_at(lon, lat)),
    )


def _read_layers() -> dict[str, Floats]:
    layers = {}
    for layer, preferred in PERIODS.items():
        rows = GridValue.objects.filter(layer=layer)
        loaded = set(rows.values_list("period", flat=True).distinct())
        for period in preferred:
            if period in loaded:
                cells, values = zip(*rows.filter(period=period).values_list("cell", "value"), strict=True)
                layers[layer] = city_grid().align(np.array(cells, dtype=np.uint64), np.array(values))
                break
    return layers


def _read_zones() -> Zones:
    rows = Zone.objects.order_by("code").annotate(wkb=AsWKB("outline"))
    found = list(rows.values_list("code", "name", "kind", "hazard_max", "wkb"))
    return Zones(
        code=[row[0] for row in found],
        name=[row[1] for row in found],
        kind=np.array([row[2] for row in found], dtype=str),
        hazard_max=np.array([HAZARDS.get(row[3] or "", -1) for row in found], dtype=np.int64),
        outline=shapely.from_wkb(np.array([bytes(row[4]) for row in found], dtype=object)),
    )


def _read_committed() -> Committed:
    rows = Project.objects.committed().order_by("code").annotate(lon=Longitude("place"), lat=Latitude("place"))
    found = list(rows.values_list(*NEED_COLUMNS, "committed_on", "lon", "lat"))
    return Committed(
        cells=hexes.cells_at([row[-2] for row in found], [row[-1] for row in found]),
        needs=[Needs(**dict(zip(NEED_COLUMNS, row, strict=False))) for row in found],
        committed_on=_days([row[-3] for row in found]),
    )


def _read_ground() -> Ground:
    return Ground(
        grid=city_grid(),
        stations=_stations.get(),
        layers=_layers.get(),
        zones=_zones.get(),
        held=_held.get(),
        committed=_committed.get(),
    )


_stations: Kept[dict[str, Stations]] = Kept(("facilities",), _read_stations)
_layers: Kept[dict[str, Floats]] = Kept(("grid", "regions"), _read_layers)
_zones: Kept[Zones] = Kept(("zones",), _read_zones)
_held = Kept(("zones", "regions"), lambda: exclusion.over(_zones.get(), city_grid().centres))
_committed: Kept[Committed] = Kept(("projects",), _read_committed)
_ground: Kept[Ground] = Kept(("facilities", "grid", "projects", "regions", "zones"), _read_ground)


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _days(values: Sequence[date | None]) -> Days:
    return np.array([np.datetime64("NaT" if value is None else value, "D") for value in values], dtype="datetime64[D]")
