"""Area assessments 区域评估: one assessment of a region or park a row."""

from fulfilment.importers.checks import (
    ENTRY,
    TEXTS,
    blank_texts,
    check_right,
    judge_dates,
    spellings,
    stamp_changed,
)
from fulfilment.models import AreaAssessment
from fulfilment.readiness.checklist import ASSESSMENTS
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.reach import region_fault


def prepare(batch: Batch, load: Load) -> None:
    blank_texts(batch, TEXTS)
    judge_dates(batch)
    regions = batch.columns.pop("region")
    for index, region in enumerate(regions):
        if problem := region_fault(region, load):
            batch.refuse(index, "region", region, problem)
    batch.columns["region_id"] = regions


register(
    Kind(
        name="assessments",
        zh="区域评估",
        en="Area assessments",
        model=AreaAssessment,
        key=("region", "assessment"),
        conflict=("region_id", "assessment"),
        columns=(
            Column("region", "行政区", Type.ADCODE, required=True),
            Column("assessment", "评估事项", Type.CHOICE, required=True, choices=spellings(ASSESSMENTS.values())),
            *ENTRY,
        ),
        before=check_right,
        prepare=prepare,
        after=stamp_changed,
    )
)
