"""Firms: who they are and where they stand. A firm without a place counts as outside the city."""

import numpy as np
import shapely
from django.db import connection

from enterprises.honours import Honour, honour_named
from enterprises.importers.namesakes import point_out
from enterprises.models import Enterprise, Rating, Scale
from enterprises.reach import refuse_firms_elsewhere
from geo import hexes
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.locating import Locator
from geo.words import say

SCALES = {
    spelling: scale.value
    for scale in Scale
    for spelling in (scale.value, scale.label.split(" ")[0], f"{scale.label.split(' ')[0]}企业", scale.label[0])
}
RATINGS = {
    spelling: rating.value for rating in Rating for spelling in (rating.value, rating.lower(), f"{rating.value}类")
}
NEVER_NULL = ("industry", "services", "parent", "hq_region")
"""Texts in which blank stands for unknown."""


def prepare(batch: Batch, load: Load) -> None:
    """Places firms in their region and cell, reads honours, and keeps the parent's name to be linked at the end."""
    refuse_firms_elsewhere(batch, load)
    point_out(batch, load)
    batch.columns["uscc_checked"] = [is_checked(uscc) for uscc in batch.columns["uscc"]]
    if "honours" in batch.columns:
        read_honours(batch)
    for name in NEVER_NULL:
        if name in batch.columns:
            batch.columns[name] = [value or "" for value in batch.columns[name]]
    if batch.geometry is not None:
        place(batch, load.remember("locator", Locator.of_deployment))


def is_checked(uscc: str | None) -> bool:
    """Whether an identifier is a full code; the cleaner refused those whose check digit is wrong."""
    return uscc is not None and len(uscc) == 18 and ":" not in uscc


def read_honours(batch: Batch) -> None:
    """Names of titles to codes, each once; an unknown title is kept out with a remark."""
    given = batch.columns["honours"]
    for index, names in enumerate(given):
        found: list[str] = []
        for name in names or ():
            honour = honour_named(name)
            if honour is None:
                batch.remark(
                    index, "honours", say(zh=f"不认识资质“{name}”，未载入", en=f"unknown honour {name}, kept out")
                )
            elif honour.value not in found:
                found.append(honour.value)
        given[index] = found


def place(batch: Batch, locator: Locator) -> None:
    """Region, cell and whether the firm is in the city; unknown and outside without a place."""
    assert batch.geometry is not None
    placed = np.flatnonzero(~(shapely.is_missing(batch.geometry) | shapely.is_empty(batch.geometry)))
    places = np.column_stack((shapely.get_x(batch.geometry[placed]), shapely.get_y(batch.geometry[placed])))
    located = locator.locate(places)
    cells = hexes.cells_at(places[:, 0], places[:, 1]).astype(np.int64)
    regions: list[str | None] = [None] * len(batch)
    own_cells: list[int | None] = [None] * len(batch)
    in_city = np.zeros(len(batch), dtype=bool)
    in_city[placed] = located.in_city
    for index, region, cell in zip(placed.tolist(), located.regions, cells.tolist(), strict=True):
        regions[index], own_cells[index] = region, cell
    batch.columns |= {"region_id": regions, "cell": own_cells, "in_city": in_city.tolist()}


LINK_PARENTS = """
UPDATE enterprises_enterprise AS firm SET parent_id = found.id
FROM (
    SELECT child.id AS child, coalesce(by_code.id, by_name.id) AS id
    FROM enterprises_enterprise AS child
    LEFT JOIN enterprises_enterprise AS by_code ON by_code.uscc = child.parent_name AND by_code.id <> child.id
    LEFT JOIN (
        SELECT name, min(id) AS id FROM enterprises_enterprise
        WHERE name IN (SELECT parent_name FROM enterprises_enterprise WHERE parent_name <> '')
        GROUP BY name HAVING count(*) = 1
    ) AS by_name ON by_name.name = child.parent_name AND by_name.id <> child.id
    WHERE child.parent_name <> ''
) AS found
WHERE firm.id = found.child AND firm.parent_id IS DISTINCT FROM found.id
"""
UNLINK_PARENTS = "UPDATE enterprises_enterprise SET parent_id = NULL WHERE parent_name = '' AND parent_id IS NOT NULL"
LISTED_BY_HONOUR = "UPDATE enterprises_enterprise SET listed = true WHERE listed IS NULL AND %s = ANY (honours)"


def settle(load: Load) -> None:
    """What rows say of each other. A parent is found by identifier, or by a name that one firm alone bears; it may come
    later, in this file or another. The title 上市 says that a firm is listed where the file does not."""
    with connection.cursor() as cursor:
        cursor.execute(LINK_PARENTS)
        if "parent" in load.given:
            cursor.execute(UNLINK_PARENTS)
        cursor.execute(LISTED_BY_HONOUR, [Honour.LISTED.value])


register(
    Kind(
        name="enterprises",
        zh="企业",
        en="Enterprises",
        model=Enterprise,
        key=("uscc",),
        columns=(
            Column("uscc", "统一社会信用代码", Type.USCC, required=True, longest=80),
            Column("name", "企业名称", required=True, longest=200),
            Column("industry", "行业代码", Type.INDUSTRY),
            Column("founded", "成立日期", Type.DATE),
            Column("scale", "规模", Type.CHOICE, choices=SCALES),
            Column("listed", "是否上市", Type.FLAG),
            Column("honours", "资质", Type.LIST),
            Column("rating", "评级", Type.CHOICE, choices=RATINGS),
            Column("rating_year", "评级年份", Type.INTEGER, low=1990, high=2100),
            Column("services", "服务内容"),
            Column("parent", "母公司", longest=200, db="parent_name"),
            Column("hq_region", "总部所在地", longest=120),
            Column("land_mu", "用地面积", Type.DECIMAL, unit="mu", low=0, high=1e6),
        ),
        geometry=Shape.POINT,
        geometry_required=False,
        prepare=prepare,
        after=settle,
    )
)
