"""Roads: a re-import of the same source replaces its rows."""

from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.models import Road, Source
from geo.reach import points_of, reach_of


def check_right(load: Load) -> None:
    """A role of one region replaces roads that a role of the same region loaded, and no others."""
    reach = reach_of(load)
    if reach is None:
        return
    before = Source.objects.filter(name=load.source.name, kind=load.kind.name).exclude(pk=load.source.pk)
    if before.exclude(loaded_by__region_code=reach.scope).exists():
        raise NotAllowed(
            zh=f"来源“{load.source.name}”的道路由其他人导入，您的管辖区域是 {reach.scope}；请换一个来源名称。",
            en=f"Roads of the source {load.source.name} were loaded by others, and your role holds for {reach.scope}: "
            "give the source another name.",
        )


def prepare(batch: Batch, load: Load) -> None:
    """By a point of the line."""
    reach = reach_of(load)
    if reach is None:
        return
    inside = reach.holds(points_of(batch))
    for index in list(batch.alive()):
        if not inside[index]:
            batch.refuse(index, "geometry", None, reach.refusal)


register(
    Kind(
        name="roads",
        zh="道路",
        en="Roads",
        model=Road,
        key=(),
        columns=(
            Column("name", "名称", longest=120),
            Column("class", "等级", longest=30, db="road_class"),
            Column("speed_kmh", "设计速度", Type.DECIMAL, unit="km/h", low=0, high=200),
            Column("oneway", "单行", Type.FLAG),
        ),
        geometry=Shape.LINE,
        geometry_column="line",
        replaces_source=True,
        before=check_right,
        prepare=prepare,
    )
)
