"""How far an import reaches: a role that holds for one region loads what lies there, and changes nothing that lies elsewhere.

For a role that holds in the whole deployment, and for the system itself, there is nothing to ask and nothing is looked up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from accounts.rights import region_scope
from geo.deployment import covers_everything
from geo.hexes import Floats
from geo.importing.batch import Batch
from geo.importing.load import Load
from geo.models import Region
from geo.words import Words, say


@dataclass(frozen=True, eq=False)
class Reach:
    """`outline` is that of the role's region; None where it has none, and then nothing lies in it."""

    scope: str
    outline: shapely.Geometry | None

    def holds(self, places: Floats) -> NDArray[np.bool_]:
        """Of longitudes and latitudes, shape (n, 2); a place on the border is in, one that is not known is not."""
        if self.outline is None:
            return np.zeros(len(places), dtype=bool)
        inside: NDArray[np.bool_] = shapely.intersects_xy(self.outline, places[:, 0], places[:, 1])
        return inside

    @property
    def refusal(self) -> Words:
        return outside(self.scope)


def outside(scope: str) -> Words:
    return say(zh=f"超出您的管辖区域 {scope}", en=f"outside the region of your role, {scope}")


def region_fault(adcode: str | None, load: Load) -> Words | None:
    """Why no row may stand in the region of this code: there is none, or the role does not hold for it."""
    paths: dict[str, str] = load.remember("paths", lambda: dict(Region.objects.values_list("adcode", "path")))
    if adcode is None or adcode not in paths:
        return say(zh=f"没有代码为 {adcode or '（空）'} 的区域", en=f"there is no region {adcode or 'without a code'}")
    scope = region_scope(load.by) if load.by is not None else None
    return outside(scope) if scope and f"/{scope}/" not in paths[adcode] else None


def reach_of(load: Load) -> Reach | None:
    """None: everywhere."""
    found: Reach | None = load.remember("reach", lambda: _read(load))
    return found


def _read(load: Load) -> Reach | None:
    scope = region_scope(load.by) if load.by is not None else None
    if scope is None or covers_everything(scope):
        return None
    outline = Region.objects.filter(pk=scope).values_list("outline", flat=True).first()
    if outline is None:
        return Reach(scope, None)
    shape = shapely.from_wkb(bytes(outline.wkb))
    shapely.prepare(shape)
    return Reach(scope, shape)


def refuse_elsewhere(
    batch: Batch,
    load: Load,
    column: str,
    places: Callable[[], Floats],
    homes: Callable[[Iterable[str]], Mapping[str, tuple[float, float]]] | None = None,
) -> None:
    """Refuse rows that lie elsewhere, or are there already and lie elsewhere (`homes`, by the batch's `column`)."""
    reach = reach_of(load)
    if reach is None:
        return
    inside = reach.holds(places())
    keys = batch.columns[column]
    before = homes({key for key in keys if key is not None}) if homes else {}
    stay = dict(zip(before, reach.holds(np.array([*before.values()], dtype=float).reshape(-1, 2)), strict=True))
    for index in list(batch.alive()):
        if not inside[index] or not stay.get(keys[index], True):
            batch.refuse(index, column, keys[index], reach.refusal)


def points_of(batch: Batch) -> Floats:
    """The place of each row, or a point within its shape; NaN where it has none."""
    if batch.geometry is None:
        return np.full((len(batch), 2), np.nan)
    points = shapely.point_on_surface(batch.geometry)
    return np.column_stack((shapely.get_x(points), shapely.get_y(points)))
