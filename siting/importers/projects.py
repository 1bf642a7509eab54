"""Projects: what they need, and where they stand once that is known."""

from collections.abc import Sequence

import shapely

from accounts.rights import may_plan, region_scope
from geo.categories import Hazard
from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.models import Region
from geo.reach import outside
from geo.words import say
from landparcels import hooks
from siting.models import NODE, Project

HAZARDS = {spelling: hazard.value for hazard in Hazard for spelling in (hazard.value, hazard.label.split(" ")[0])}
STATUSES = {
    spelling: status.value for status in Project.Status for spelling in (status.value, status.label.split(" ")[0])
} | {"在谈": "planned", "签约": "committed", "在建": "committed", "投产": "committed"}


def check_rights(load: Load) -> None:
    """A file may do no more than its owner may do by hand (siting.services)."""
    if load.by is not None and not may_plan(load.by):
        raise NotAllowed(zh="您的角色不能录入项目。", en="Your role may not enter projects.")


def prepare(batch: Batch, load: Load) -> None:
    """Blank nodes become '', wrong ones and committed projects without a place are refused."""
    if "node" in batch.columns:
        batch.columns["node"] = [node or "" for node in batch.columns["node"]]
    if "status" in batch.columns:
        batch.columns["status"] = [status or Project.Status.PLANNED.value for status in batch.columns["status"]]
    nodes, statuses, codes = batch.values("node"), batch.values("status"), batch.values("code")
    placed_before: set[str] = set()
    if batch.geometry is None:  # a file without places leaves those that are stored
        stored = Project.objects.exclude(place=None).values_list("code", flat=True)
        placed_before = load.remember("placed", lambda: set(stored))
    for index in list(batch.alive()):
        if nodes[index] and NODE.fullmatch(nodes[index]) is None:
            batch.refuse(
                index, "node", nodes[index], say(zh="环节应写作“产业链/环节”", en="a node is written chain/node")
            )
        placed = codes[index] in placed_before if batch.geometry is None else batch.geometry[index] is not None
        if statuses[index] == Project.Status.COMMITTED and not placed:
            batch.refuse(
                index,
                "status",
                statuses[index],
                say(zh="已落地的项目要有位置（lng、lat）", en="a committed project has a place (lng, lat)"),
            )
    _judge_scope(batch, load)


def _judge_scope(batch: Batch, load: Load) -> None:
    """For a role of one region a project must lie there, and have lain there before."""
    scope = region_scope(load.by) if load.by is not None else None
    if not scope:
        return
    area = load.remember("area", lambda: _outline_of(scope))
    stored = Project.objects.exclude(place=None).values_list("code", "place")
    homes = load.remember("homes", lambda: {code: (place.x, place.y) for code, place in stored if place})
    codes = batch.values("code")
    for index in list(batch.alive()):
        shape = None if batch.geometry is None else batch.geometry[index]
        places: Sequence[tuple[float, float] | None] = (homes.get(codes[index]), shape and (shape.x, shape.y))
        if any(place is not None and not shapely.intersects_xy(area, *place) for place in places):
            batch.refuse(index, "lng", codes[index], outside(scope))


def _outline_of(scope: str) -> shapely.Geometry:
    """Empty for a region that is not there or has no outline: then nothing lies in it."""
    outline = Region.objects.filter(adcode=scope).values_list("outline", flat=True).first()
    return shapely.from_wkb(bytes(outline.wkb)) if outline else shapely.Polygon()


def tell(load: Load) -> None:
    """Commitments draw on what is left for parcels."""
    hooks.residual_capacities_changed()


def _amount(name: str, zh: str, unit: str) -> Column:
    return Column(name, zh, Type.DECIMAL, unit=unit, low=0)


register(
    Kind(
        name="projects",
        zh="项目",
        en="Projects",
        model=Project,
        key=("code",),
        columns=(
            Column("code", "项目代码", Type.CODE, required=True, longest=40),
            Column("name", "项目名称", required=True, longest=200),
            Column("node", "产业链环节", longest=120),
            _amount("investment", "投资额", "10k CNY"),
            _amount("land_mu", "用地面积", "mu"),
            _amount("jobs", "就业岗位", "persons"),
            Column("hazard", "危险等级", Type.CHOICE, choices=HAZARDS),
            _amount("power_mva", "用电负荷", "MVA"),
            _amount("water_m3d", "用水量", "m3/d"),
            _amount("gas_m3h", "用气量", "m3/h"),
            _amount("sewage_m3d", "污水量", "m3/d"),
            _amount("steam_th", "蒸汽用量", "t/h"),
            Column("status", "状态", Type.CHOICE, choices=STATUSES),
            Column("committed_on", "落地日期", Type.DATE),
        ),
        geometry=Shape.POINT,
        geometry_column="place",
        geometry_required=False,
        before=check_rights,
        prepare=prepare,
        after=tell,
    )
)
