"""Regions: a tree by `parent`; a parent may come later in the same file."""

from django.db import connection

from accounts.rights import region_scope
from geo.deployment import covers_everything
from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.errors import ImportRefused
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.models import Region
from geo.words import say

LEVELS = {
    "province": "province", "省": "province", "city": "city", "市": "city", "地市": "city",
    "district": "district", "区县": "district", "区": "district", "县": "district",
    "township": "township", "乡镇": "township", "街道": "township", "乡镇街道": "township",
    "park": "park", "园区": "park",
}  # fmt: skip


def check_rights(load: Load) -> None:
    """Outlines say how far a role reaches: whoever is bound to one may not redraw them."""
    if load.by is not None and not covers_everything(region_scope(load.by)):
        raise NotAllowed(
            zh="区域边界决定各账号的管辖范围，只有不限区域的账号可以导入；请联系管理员。",
            en="Outlines of regions decide how far a role reaches: only a role that holds everywhere may import them. "
            "Ask the administrator.",
        )


def prepare(batch: Batch, load: Load) -> None:
    """A parent is given by its adcode; `geo.importers` links it after all rows are there."""
    parents = batch.columns.pop("parent", None)
    codes = batch.columns["adcode"]
    wanted = load.remember("parents", dict)
    for index in batch.alive():
        parent = parents[index] if parents else None
        if parent == codes[index]:
            batch.refuse(
                index, "parent", parent, say(zh="区域不能是自己的上级", en="a region cannot be its own parent")
            )
        elif parent is not None:
            wanted[codes[index]] = (parent, batch.numbers[index])


def link(load: Load) -> None:
    """Parents, paths and pieces of the whole tree, once all rows are in."""
    wanted: dict[str, tuple[str, int]] = load.remember("parents", dict)
    known = set(Region.objects.values_list("adcode", flat=True))
    for adcode, (parent, row) in wanted.items():
        if parent not in known:
            raise ImportRefused(
                zh=f"第 {row} 行：上级区域 {parent} 不存在；请先导入它，或放在同一文件中。",
                en=f"Row {row}: there is no region {parent} to be the parent of {adcode}; load it first or in the same file.",
            )
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE geo_region SET parent_id = %s WHERE adcode = %s",
            [(parent, adcode) for adcode, (parent, _) in wanted.items()],
        )
        cursor.execute(PATHS)
        cursor.execute("SELECT adcode FROM geo_region WHERE path = ''")
        if astray := [adcode for (adcode,) in cursor.fetchall()]:
            raise ImportRefused(
                zh=f"区域互为上级，成环：{'、'.join(astray[:5])}。",
                en=f"These regions are each other's parents: {', '.join(astray[:5])}.",
            )
        cursor.execute(PIECES)


PATHS = """
WITH RECURSIVE line AS (
    SELECT adcode, '/' || adcode || '/' AS path FROM geo_region WHERE parent_id IS NULL
    UNION ALL
    SELECT region.adcode, line.path || region.adcode || '/'
    FROM geo_region AS region JOIN line ON region.parent_id = line.adcode
)
UPDATE geo_region AS region SET path = coalesce(line.path, '')
FROM geo_region AS own LEFT JOIN line USING (adcode)
WHERE own.adcode = region.adcode AND region.path IS DISTINCT FROM coalesce(line.path, '')
"""

PIECES = """
DELETE FROM geo_regionpiece;
INSERT INTO geo_regionpiece (region_id, outline)
SELECT adcode, (ST_Dump(ST_Subdivide(outline, 200))).geom FROM geo_region WHERE outline IS NOT NULL
"""

register(
    Kind(
        name="regions",
        zh="行政区",
        en="Regions",
        model=Region,
        key=("adcode",),
        columns=(
            Column("adcode", "代码", Type.CODE, required=True, longest=12),
            Column("name", "名称", required=True, longest=80),
            Column("name_en", "英文名称", longest=120),
            Column("level", "级别", Type.CHOICE, required=True, choices=LEVELS),
            Column("parent", "上级代码", Type.CODE, longest=12, db=""),
            Column("population", "人口", Type.DECIMAL, unit="persons", low=0, high=2e9),
        ),
        geometry=Shape.POLYGON,
        geometry_column="outline",
        before=check_rights,
        prepare=prepare,
        after=link,
    )
)
