"""Area assessments 区域评估: one assessment of a region or park a row."""

from accounts.rights import region_scope
from fulfilment.importers.checks import (
    ENTRY,
    TEXTS,
    blank_texts,
    check_right,
    judge_dates,
    paths,
    spellings,
    stamp_changed,
)
from fulfilment.models import AreaAssessment
from fulfilment.readiness.checklist import ASSESSMENTS
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say


def prepare(batch: Batch, load: Load) -> None:
    blank_texts(batch, TEXTS)
    judge_dates(batch)
    known = paths(load)
    scope = region_scope(load.by) if load.by is not None else None
    regions = batch.columns.pop("region")
    for index, region in enumerate(regions):
        if region not in known:
            words = say(zh=f"没有代码为 {region} 的区域", en=f"there is no region {region}")
            batch.refuse(index, "region", region, words)
        elif scope and f"/{scope}/" not in known[region]:
            words = say(zh=f"超出您的管辖区域 {scope}", en=f"outside the region of your role, {scope}")
            batch.refuse(index, "region", region, words)
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
