"""Where rows of this deployment may lie: its root regions and a margin around them (METHODS 1)."""

import numpy as np
import shapely
from django.conf import settings

from geo.models import Region

KM_PER_DEGREE = 111.2


def deployment_extent() -> shapely.Geometry | None:
    """Outline in the stored degrees, widened by the setting's kilometres; None where no region is loaded."""
    outlines = [
        shapely.from_wkb(bytes(outline.wkb))
        for outline in Region.objects.roots().values_list("outline", flat=True)
        if outline is not None
    ]
    if not outlines:
        return None
    shape = shapely.simplify(shapely.union_all(shapely.make_valid(np.array(outlines))), 0.01)
    stretch = np.cos(np.radians(shape.centroid.y))
    flat = shapely.transform(shape, lambda points: points * [stretch, 1])
    wide = flat.buffer(settings.IMPORT_MARGIN_KM / KM_PER_DEGREE)
    return shapely.transform(wide, lambda points: points / [stretch, 1])
