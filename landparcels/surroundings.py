"""What stands around parcels, read from the ground: facilities, the workforce on the grid, and where parcels are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from geo import hexes
from geo.categories import FACILITY_CATEGORIES
from geo.fields import Latitude, Longitude
from geo.models import Facility, GridValue
from geo.versions import Kept
from landparcels import hooks
from landparcels.computed import LABOUR_LAYER, Floats, Places


@dataclass(frozen=True, slots=True)
class Supplier:
    """A facility as the detail of a parcel needs it."""

    id: int
    name: str
    name_en: str
    capacity: float | None
    spare: float | None
    as_of: date | None
    voltage_kv: float | None
    approximate: bool
    source: str | None
    synthetic: bool | None
    loaded_on: date | None


class Ground:
    """The facilities of every category as places, and the cells where workers live."""

    def __init__(self) -> None:
        self.suppliers: dict[str, list[Supplier]] = {category: [] for category in FACILITY_CATEGORIES}
        self._lonlat: dict[str, list[tuple[float, float]]] = {category: [] for category in FACILITY_CATEGORIES}
        rows = (
            Facility.objects.annotate(lon=Longitude("place"), lat=Latitude("place"))
            .order_by("code")
            .values_list(
                *("category", "lon", "lat", "id", "name", "name_en", "capacity", "spare", "as_of", "voltage_kv"),
                *("approximate", "source__name", "source__synthetic", "source__as_of"),
            )
        )
        for category, lon, lat, *known in rows.iterator(chunk_size=5000):
            self._lonlat[category].append((lon, lat))
            self.suppliers[category].append(Supplier(*known))

    def lonlat(self, category: str) -> Floats:
        return np.array(self._lonlat[category], dtype=float).reshape(-1, 2)

    def any_of(self, category: str) -> Places:
        """Where they are, with what they hold in all."""
        return Places(self.lonlat(category), _floats([one.capacity for one in self.suppliers[category]]))

    def residuals(self, category: str) -> Places:
        """With what they can still give: after commitments where a room above knows them, else as recorded."""
        suppliers = self.suppliers[category]
        left = hooks.residual_capacity(category)
        if left is None:
            amounts = [one.capacity if one.spare is None else one.spare for one in suppliers]
        else:
            amounts = [left.get(one.id) for one in suppliers]
        return Places(self.lonlat(category), _floats(amounts))

    def voltages(self, category: str) -> Floats:
        """In kV, in the order of `residuals`."""
        return _floats([one.voltage_kv for one in self.suppliers[category]])

    @cached_property
    def workers(self) -> Places:
        """Resident workers at the centres of their cells; of the periods loaded, the whole day before the night."""
        rows = GridValue.objects.filter(layer=LABOUR_LAYER)
        period = next((p for p in ("all", "night", "day") if rows.filter(period=p).exists()), "all")
        found = np.array(list(rows.filter(period=period).values_list("cell", "value")), dtype=object).reshape(-1, 2)
        cells = found[:, 0].astype(np.uint64)
        return Places(hexes.centres(cells), found[:, 1].astype(float))


ground = Kept(("facilities",), Ground)
"""For details of single parcels; a refresh reads afresh."""


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
