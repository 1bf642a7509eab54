"""Grid layers, and their values in resolution-9 cells; a value may also come with a place, which says its cell."""

from collections.abc import Sequence

import numpy as np
import shapely

from geo import hexes
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.models import GridLayer, GridValue
from geo.reach import reach_of
from geo.words import say

AGGREGATES = {"sum": "sum", "合计": "sum", "总和": "sum", "mean": "mean", "平均": "mean", "均值": "mean"}
SUBJECTS = {
    **dict.fromkeys(("persons", "人", "人口", "个人"), "persons"),
    **dict.fromkeys(("enterprises", "企业"), "enterprises"),
    **dict.fromkeys(("other", "其他", "其它"), "other"),
}
PERIODS = {"day": "day", "白天": "day", "night": "night", "夜间": "night", "all": "all", "全天": "all"}


def fill_subject(batch: Batch, load: Load) -> None:
    """What is not said to come from persons or enterprises comes from neither; what is not said public is not."""
    reach = reach_of(load)
    if reach is not None:
        known = load.remember("codes", lambda: set(GridLayer.objects.values_list("code", flat=True)))
        for index in list(batch.alive()):
            if (code := batch.columns["code"][index]) in known:
                words = say(
                    zh=f"图层属于全市，您的管辖区域是 {reach.scope}，不能修改",
                    en=f"the layer is the whole city's; your role holds for {reach.scope} and may not change it",
                )
                batch.refuse(index, "code", code, words)
    if "subject" in batch.columns:
        batch.columns["subject"] = [subject or "other" for subject in batch.columns["subject"]]
    if "public" in batch.columns:
        batch.columns["public"] = [bool(public) for public in batch.columns["public"]]


def prepare(batch: Batch, load: Load) -> None:
    """Finds layer and cell of each value; a cell of the wrong size or named twice for a layer and period is refused."""
    known = load.remember("layers", lambda: set(GridLayer.objects.values_list("code", flat=True)))
    periods = batch.columns["period"] = [period or "all" for period in batch.values("period")]
    layers, cells = batch.columns["layer"], _cells(batch)
    first: dict[tuple[str, int, str], int] = load.remember("first", dict)
    for index in list(batch.alive()):
        layer, cell = layers[index], cells[index]
        if layer not in known:
            batch.refuse(
                index,
                "layer",
                layer,
                say(zh="没有这个图层；请先载入 grid_layers", en="there is no such layer; load grid_layers first"),
            )
        elif cell is None:
            batch.refuse(index, "h3", None, say(zh="需要 h3 或 lng、lat", en="h3, or lng and lat, are needed"))
        else:
            _refuse_repeat(batch, index, first.setdefault((layer, cell, periods[index]), batch.numbers[index]))
    _refuse_elsewhere(batch, load, cells)
    batch.columns["cell"] = cells
    batch.columns["layer_id"] = batch.columns.pop("layer")
    batch.columns.pop("h3", None)
    batch.geometry = None


def _cells(batch: Batch) -> list[int | None]:
    """The cell as given, else of the place; a cell that is not of resolution 9 is refused."""
    cells: list[int | None] = list(batch.values("h3"))
    given = [index for index in batch.alive() if cells[index] is not None]
    sizes = hexes.resolutions(np.array([cells[index] for index in given], dtype=np.uint64))
    for index, size in zip(given, sizes.tolist(), strict=True):
        if size != hexes.CITY_RESOLUTION:
            batch.refuse(
                index,
                "h3",
                f"{cells[index]:x}",
                say(zh=f"应为 9 级网格，这是 {size} 级", en=f"a resolution-9 cell is wanted, this is of {size}"),
            )
    if batch.geometry is not None:
        placed = [index for index in batch.alive() if cells[index] is None and batch.geometry[index] is not None]
        places = batch.geometry[placed]
        found = hexes.cells_at(shapely.get_x(places), shapely.get_y(places))
        for index, cell in zip(placed, found.tolist(), strict=True):
            cells[index] = cell
    return cells


def _refuse_elsewhere(batch: Batch, load: Load, cells: Sequence[int | None]) -> None:
    """A role of one region loads the cells whose centres lie there."""
    reach = reach_of(load)
    if reach is None:
        return
    alive = [index for index in batch.alive() if cells[index] is not None]
    centres = hexes.centres(np.array([cells[index] for index in alive], dtype=np.uint64))
    for index, inside in zip(alive, reach.holds(centres).tolist(), strict=True):
        if not inside:
            batch.refuse(index, "h3", f"{cells[index]:x}", reach.refusal)


def _refuse_repeat(batch: Batch, index: int, first: int) -> None:
    if first != batch.numbers[index]:
        words = say(zh=f"与第 {first} 行是同一图层、网格和时段", en=f"the same layer, cell and period as row {first}")
        batch.refuse(index, "h3", None, words)


register(
    Kind(
        name="grid_layers",
        zh="网格图层",
        en="Grid layers",
        model=GridLayer,
        key=("code",),
        columns=(
            Column("code", "图层代码", Type.CODE, required=True, longest=40),
            Column("name", "名称", required=True, longest=120),
            Column("name_en", "英文名称", longest=120),
            Column("unit", "单位", required=True, longest=30),
            Column("aggregate", "汇总方式", Type.CHOICE, required=True, choices=AGGREGATES),
            Column("subject", "对象", Type.CHOICE, choices=SUBJECTS),
            Column("public", "公开", Type.FLAG),
        ),
        prepare=fill_subject,
    )
)
register(
    Kind(
        name="grid",
        zh="网格数据",
        en="Grid values",
        model=GridValue,
        key=("layer", "h3", "period"),
        conflict=("layer_id", "cell", "period"),
        columns=(
            Column("layer", "图层代码", Type.CODE, required=True, longest=40),
            Column("h3", "网格", Type.CELL),
            Column("value", "数值", Type.DECIMAL, required=True),
            Column("period", "时段", Type.CHOICE, choices=PERIODS),
            Column("count", "样本数", Type.INTEGER, low=0, high=2**31 - 1),
        ),
        geometry=Shape.POINT,
        geometry_required=False,
        prepare=prepare,
    )
)
