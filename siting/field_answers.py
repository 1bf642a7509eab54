"""The fit of every cell as a map takes it."""

import numpy as np
from django.http import HttpRequest, HttpResponse

from geo.cell_answers import ARROW, JSON, arrow_stream, json_body, packed, spell, wants_arrow
from geo.grid import Grid, means
from geo.hexes import Floats
from siting.answers import DISTANCE, left_out
from siting.assessment import FieldAssessed
from siting.ground import Ground
from siting.resources import Kind

STEPS = 100
"""JSON rounds to a hundredth of a point; Arrow keeps four bytes."""
_SPELLED = [f"{step / STEPS:g}" for step in range(100 * STEPS + 1)] + ["null"]


def of_field(request: HttpRequest, field: FieldAssessed, resolution: int) -> HttpResponse:
    """Excluded cells are null; a coarser cell shows the mean of its cells that are not."""
    grid, values = _at(field, resolution)
    about = {
        "resolution": resolution,
        "excluded": int(field.excluded.sum()),
        "unknown": int(np.isnan(field.judgement.composite[~field.excluded]).sum()),
        "weights": {one.resource.code: one.weight for one in field.judgement.judged},
        "left_out": left_out(field.judgement.left_out),
        "unserved": committed_unserved(field),
        "distance": DISTANCE,
    }
    if wants_arrow(request):
        return packed(request, arrow_stream(grid.cells, values, about), ARROW)
    return packed(request, json_body(_spelled_cells(field.ground, grid), _spelled(values), about), JSON)


def committed_unserved(field: FieldAssessed) -> dict[str, float]:
    """Per capacity the committed demand that nothing in reach serves, where there is any."""
    capacities = [one.resource for one in field.judgement.judged if one.resource.kind is Kind.CAPACITY]
    amounts = {one.code: field.ground.offer(one, without=field.needs.code).residual.unserved for one in capacities}
    return {code: amount for code, amount in amounts.items() if amount > 0}


def _at(field: FieldAssessed, resolution: int) -> tuple[Grid, Floats]:
    values = np.where(field.excluded, np.nan, field.judgement.composite)
    if resolution == field.ground.grid.resolution:
        return field.ground.grid, values
    grid, owner = field.ground.level(resolution)
    return grid, means(owner, values, len(grid))


def _spelled_cells(ground: Ground, grid: Grid) -> str:
    return ground.kept(("cells", grid.resolution), lambda: spell(grid.cells))


def _spelled(values: Floats) -> list[str]:
    steps = np.where(np.isnan(values), len(_SPELLED) - 1, np.rint(np.nan_to_num(values) * STEPS)).astype(np.int64)
    return [_SPELLED[step] for step in steps.tolist()]
