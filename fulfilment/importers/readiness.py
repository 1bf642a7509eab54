"""Readiness: one item of a parcel's checklist a row."""

from fulfilment.importers.checks import (
    ENTRY,
    TEXTS,
    blank_texts,
    check_right,
    judge_dates,
    parcels_of,
    spellings,
    stamp_changed,
)
from fulfilment.models import ReadinessItem
from fulfilment.readiness.checklist import ITEMS
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load


def prepare(batch: Batch, load: Load) -> None:
    blank_texts(batch, TEXTS)
    judge_dates(batch)
    parcels = parcels_of(batch, load)
    batch.columns.pop("parcel")
    batch.columns["parcel_id"] = [parcel.pk if parcel else None for parcel in parcels]


register(
    Kind(
        name="readiness",
        zh="开工准备",
        en="Readiness of parcels",
        model=ReadinessItem,
        key=("parcel", "item"),
        conflict=("parcel_id", "item"),
        columns=(
            Column("parcel", "宗地编号", Type.CODE, required=True, longest=60),
            Column("item", "事项", Type.CHOICE, required=True, choices=spellings(ITEMS.values())),
            *ENTRY,
        ),
        before=check_right,
        prepare=prepare,
        after=stamp_changed,
    )
)
