"""Writing checklists: who may, whether the form was still fresh, and what follows for the count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from accounts.rights import Person, may_follow_up
from fulfilment.models import AreaAssessment, ReadinessItem
from fulfilment.readiness.checklist import ITEMS
from fulfilment.readiness.counting import count_assessments
from fulfilment.scope import check_reach
from geo.errors import BadParameter, NotAllowed
from geo.locking import Labels, changed_meanwhile
from geo.models import Region
from geo.words import say
from landparcels.models import Parcel

LABELS: Labels = {
    "state": say(zh="状态", en="the state"),
    "done_on": say(zh="完成日期", en="the day it was done"),
    "expires": say(zh="有效期", en="its expiry"),
    "department": say(zh="部门", en="the department"),
    "reference": say(zh="文号", en="the reference"),
    "note": say(zh="备注", en="the note"),
}


class Change(TypedDict, total=False):
    """What a form says of one item; `state` None takes the record away, what is left out stays."""

    item: str
    state: str | None
    done_on: date | None
    expires: date | None
    department: str
    reference: str
    note: str


def version_of(rows: "Iterable[ReadinessItem | AreaAssessment]") -> str:
    """Changes with every edit of the rows; a form sends back the one it was filled from."""
    stamps = [row.changed_at.timestamp() for row in rows]
    return f"{len(stamps)}-{max(stamps, default=0):.6f}"


@transaction.atomic
def change_readiness(*, parcel: Parcel, changes: Sequence[Change], version: str | None, by: Person) -> None:
    """Enter, change or take away items of a parcel's own checklist, all or none."""
    _check_right(by)
    check_reach(by, parcel.region)
    Parcel.objects.select_for_update(of=("self",)).only("pk").get(pk=parcel.pk)
    rows = {row.item: row for row in ReadinessItem.objects.filter(parcel=parcel)}
    _check_fresh(version, rows.values())
    for change in changes:
        _apply(change, rows.get(change["item"]) or ReadinessItem(parcel=parcel, item=change["item"]))
    count_assessments(parcels=[parcel.pk])


@transaction.atomic
def change_assessments(*, region: Region, changes: Sequence[Change], version: str | None, by: Person) -> None:
    """The same for what a region holds for all parcels in it."""
    _check_right(by)
    check_reach(by, region)
    Region.objects.select_for_update(of=("self",)).only("pk").get(pk=region.pk)
    rows = {row.assessment: row for row in AreaAssessment.objects.filter(region=region)}
    _check_fresh(version, rows.values())
    for change in changes:
        _apply(change, rows.get(change["item"]) or AreaAssessment(region=region, assessment=change["item"]))
    count_assessments()


def _apply(change: Change, row: ReadinessItem | AreaAssessment) -> None:
    given: Mapping[str, object] = {name: value for name, value in change.items() if name != "item"}
    if "state" in given and given["state"] is None:
        if row.pk is not None:
            row.delete()
        return
    for name, value in given.items():
        setattr(row, name, value)
    zh, en = ITEMS[change["item"]].zh, ITEMS[change["item"]].en
    if not row.state:
        raise BadParameter(
            "state", zh=f"“{zh}”还没有记录，请先说明状态。", en=f"{en} is not on record yet; give its state."
        )
    if row.done_on and row.expires and row.expires < row.done_on:
        raise BadParameter(
            "expires",
            zh=f"“{zh}”的到期日 {row.expires} 早于完成日 {row.done_on}。",
            en=f"{en} expires on {row.expires}, before it was done on {row.done_on}.",
        )
    row.changed_at = timezone.now()
    row.save()


def _check_right(by: Person) -> None:
    if not may_follow_up(by):
        raise NotAllowed(zh="您的角色不能修改开工准备。", en="Your role may not change readiness.")


def _check_fresh(seen: str | None, rows: "Collection[ReadinessItem | AreaAssessment]") -> None:
    if seen is not None and seen != version_of(rows):
        raise changed_meanwhile(*((row, LABELS) for row in rows))
