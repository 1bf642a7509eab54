"""What the importers of this room have in common: who may, where, and spellings of the checklist."""

from collections.abc import Iterable

from django.db.models.functions import Now

from accounts.rights import may_follow_up, region_scope
from fulfilment.models.readiness import Stored
from fulfilment.readiness.checklist import Item
from geo.errors import NotAllowed
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Type
from geo.importing.load import Load
from geo.reach import outside
from geo.words import say
from landparcels.models import Parcel

STATES = {word: state.value for state in Stored for word in (state.value, *state.label.split(" ", 1))}
ENTRY = (
    Column("state", "状态", Type.CHOICE, required=True, choices=STATES),
    Column("done_on", "完成日期", Type.DATE),
    Column("expires", "有效期至", Type.DATE),
    Column("department", "责任部门", longest=80),
    Column("reference", "文号", longest=300),
    Column("note", "备注"),
)
"""Columns that a parcel's items and a region's assessments share."""
TEXTS = ("department", "reference", "note")


def spellings(items: Iterable[Item]) -> dict[str, str]:
    return {word: item.code for item in items for word in (item.code, item.zh, item.en)}


def check_right(load: Load) -> None:
    if load.by is not None and not may_follow_up(load.by):
        raise NotAllowed(
            zh="开工准备和履约由自然资源部门录入，您的角色不能导入。",
            en="Readiness and commitments are kept by land staff; your role may not import them.",
        )


def blank_texts(batch: Batch, names: Iterable[str]) -> None:
    """A blank text is a text."""
    for name in names:
        if name in batch.columns:
            batch.columns[name] = [value or "" for value in batch.columns[name]]


def judge_dates(batch: Batch) -> None:
    for index, (done, expires) in enumerate(zip(batch.values("done_on"), batch.values("expires"), strict=True)):
        if done is not None and expires is not None and expires < done:
            words = say(zh=f"到期日早于完成日 {done}", en=f"expires before it was done on {done}")
            batch.refuse(index, "expires", expires, words)


def parcels_of(batch: Batch, load: Load) -> list[Parcel | None]:
    """The parcel that each row names; refused where there is none, or where the role does not reach."""
    rows = Parcel.objects.filter(code__in=set(batch.columns["parcel"])).select_related("region")
    known = {parcel.code: parcel for parcel in rows.only("code", "status", "region__path")}
    scope = region_scope(load.by) if load.by is not None else None
    found: list[Parcel | None] = []
    for index, code in enumerate(batch.columns["parcel"]):
        parcel = known.get(code)
        found.append(parcel)
        if parcel is None:
            batch.refuse(index, "parcel", code, say(zh=f"没有编号为 {code} 的宗地", en=f"there is no parcel {code}"))
        elif scope and f"/{scope}/" not in (parcel.region.path if parcel.region else ""):
            batch.refuse(index, "parcel", code, outside(scope))
    return found


def stamp_changed(load: Load) -> None:
    """Forms that were opened before this load are stale."""
    load.kind.model._default_manager.filter(source=load.source).update(changed_at=Now())
