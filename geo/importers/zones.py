"""Zones: areas in which a rule holds."""

from collections.abc import Iterable

from django.contrib.gis.db.models.functions import PointOnSurface

from geo.categories import ZONE_KINDS, Hazard
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.models import Zone
from geo.reach import points_of, refuse_elsewhere

HAZARDS = {spelling: hazard.value for hazard in Hazard for spelling in (hazard.value, hazard.label.split()[0])}


def prepare(batch: Batch, load: Load) -> None:
    """A role of one region loads zones whose middle lies there."""
    refuse_elsewhere(batch, load, "code", lambda: points_of(batch), _homes)


def _homes(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    rows = Zone.objects.filter(code__in=codes).annotate(middle=PointOnSurface("outline"))
    return {code: middle.coords for code, middle in rows.values_list("code", "middle")}


register(
    Kind(
        name="zones",
        zh="管控区",
        en="Zones",
        model=Zone,
        key=("code",),
        columns=(
            Column("code", "编号", Type.CODE, required=True, longest=60),
            Column("name", "名称", longest=200),
            Column(
                "kind",
                "类型",
                Type.CHOICE,
                required=True,
                choices={s: k.code for k in ZONE_KINDS.values() for s in (k.code, k.name_zh, k.name_en)},
            ),
            Column("hazard_max", "最高危险等级", Type.CHOICE, choices=HAZARDS),
            Column("height_max_m", "限高", Type.DECIMAL, unit="m", low=0, high=1000),
        ),
        geometry=Shape.POLYGON,
        geometry_column="outline",
        prepare=prepare,
    )
)
