"""Facilities: points with a category and what they can give, in the unit of that category."""

from collections.abc import Iterable

from geo.categories import FACILITY_CATEGORIES
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.models import Facility
from geo.reach import points_of, refuse_elsewhere
from geo.words import say

SPELLINGS = {
    spelling: category.code
    for category in FACILITY_CATEGORIES.values()
    for spelling in (category.code, category.name_zh, category.name_en)
}


def prepare(batch: Batch, load: Load) -> None:
    """What is spare cannot be more than there is; a role of one region loads what stands there."""
    refuse_elsewhere(batch, load, "code", lambda: points_of(batch), _homes)
    capacities, spares = batch.values("capacity"), batch.values("spare")
    for index in batch.alive():
        capacity, spare = capacities[index], spares[index]
        if capacity is not None and spare is not None and spare > capacity:
            batch.refuse(
                index,
                "spare",
                spare,
                say(zh=f"余量大于容量 {capacity:g}", en=f"spare is more than the capacity {capacity:g}"),
            )


def _homes(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    rows = Facility.objects.filter(code__in=codes).values_list("code", "place")
    return {code: (place.x, place.y) for code, place in rows}


register(
    Kind(
        name="facilities",
        zh="设施",
        en="Facilities",
        model=Facility,
        key=("code",),
        columns=(
            Column("code", "编号", Type.CODE, required=True, longest=60),
            Column("name", "名称", required=True, longest=200),
            Column("name_en", "英文名称", longest=200),
            Column("category", "类别", Type.CHOICE, required=True, choices=SPELLINGS),
            Column("capacity", "容量", Type.DECIMAL, low=0, high=1e9),
            Column("spare", "余量", Type.DECIMAL, low=0, high=1e9),
            Column("as_of", "余量日期", Type.DATE),
            Column("voltage_kv", "电压等级", Type.DECIMAL, unit="kV", low=0, high=1200),
            Column("approximate", "位置示意", Type.FLAG),
        ),
        geometry=Shape.POINT,
        prepare=prepare,
    )
)
