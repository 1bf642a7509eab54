"""Roads: a re-import of the same source replaces its rows."""

from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.models import Road

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
    )
)
