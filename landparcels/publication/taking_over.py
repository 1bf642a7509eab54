"""The history of parcels as another system kept it, written down in one transaction: every step legal, none lost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import connection, transaction
from psycopg import sql

from accounts.audit import machine_writes
from geo.errors import Conflict
from landparcels.models import Parcel, ParcelTransition
from landparcels.publication.keeping import kept_columns
from landparcels.publication.reviewed import IN_REVIEW, contents
from landparcels.publication.states import STEPS, Action, is_legal
from landparcels.querysets import PUBLIC_STATUSES

Stretch = tuple[int, str, datetime, datetime]
"""Of a parcel, in a state, from one instant to another."""


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step that was taken; a parcel's first one starts from a draft."""

    code: str
    action: Action
    at: datetime
    actor: str = ""
    note: str = ""


@transaction.atomic
def take_over_history(steps: Iterable[PastStep]) -> int:
    """Of parcels that are in the state to which their steps lead and have no history here; answers how many rows.

    What was shown on the days between is kept with the values known now. Nobody is told: it is news to nobody.
    """
    ways: dict[str, list[PastStep]] = defaultdict(list)
    for step in sorted(steps, key=lambda one: one.at):
        ways[step.code].append(step)
    rows_of = Parcel.objects.select_for_update(no_key=True).only("code", "status", "shown_since")
    parcels = {parcel.code: parcel for parcel in rows_of.filter(code__in=ways)}
    known = set(ParcelTransition.objects.filter(parcel__in=parcels.values()).values_list("code", flat=True))
    rows: list[ParcelTransition] = []
    stretches: list[Stretch] = []
    for code, way in ways.items():
        parcel = parcels.get(code)
        if parcel is None or code in known:
            raise Conflict(
                zh=f"没有宗地 {code}，或它已有历史记录。", en=f"There is no parcel {code}, or it has a history already."
            )
        walked = _walked(parcel, way)
        rows += walked
        stretches += _stretches(walked)
        shown = [row.at for row in walked if row.after in PUBLIC_STATUSES]
        parcel.shown_since = max(shown) if parcel.status in PUBLIC_STATUSES else None
    _keep_contents(rows)
    rows.sort(key=lambda row: row.at)
    ParcelTransition.objects.bulk_create(rows, batch_size=1000)
    with machine_writes("taken over"):
        _set_shown(parcels.values())
    _keep(stretches)
    return len(rows)


def _keep_contents(rows: Iterable[ParcelTransition]) -> None:
    """What is in review now came there as it is known now; of earlier steps nobody knows."""
    last = {row.parcel_id: row for row in rows}
    waiting = {pk: row for pk, row in last.items() if row.after in IN_REVIEW}
    for pk, content in contents(list(waiting)).items():
        waiting[pk].content = content


def _set_shown(parcels: Iterable[Parcel]) -> None:
    """One statement for all: an update by cases takes seconds for a thousand."""
    rows = [(parcel.pk, parcel.shown_since) for parcel in parcels if parcel.shown_since]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE landparcels_parcel AS parcel SET shown_since = told.since "
            "FROM unnest(%s::bigint[], %s::timestamptz[]) AS told (id, since) WHERE told.id = parcel.id",
            [[pk for pk, _ in rows], [since for _, since in rows]],
        )


def _walked(parcel: Parcel, way: Sequence[PastStep]) -> list[ParcelTransition]:
    """The way as rows; it has to be a legal one and to end where the parcel stands."""
    rows, before = [], "draft"
    for step in way:
        after = STEPS[step.action].target
        if not is_legal(before, step.action, after):
            raise Conflict(
                zh=f"宗地 {parcel.code}：从“{before}”不能“{step.action}”。",
                en=f"Parcel {parcel.code}: {step.action} does not lead on from {before}.",
            )
        rows.append(
            ParcelTransition(
                parcel=parcel, code=parcel.code, action=step.action, before=before, after=after,
                at=step.at, actor=step.actor, note=step.note,
            )
        )  # fmt: skip
        before = after
    if before != parcel.status:
        raise Conflict(
            zh=f"宗地 {parcel.code} 现为“{parcel.status}”，其历史却止于“{before}”。",
            en=f"Parcel {parcel.code} is {parcel.status}, and its history ends with {before}.",
        )
    return rows


def _stretches(walked: Sequence[ParcelTransition]) -> list[Stretch]:
    """The public ones before the last."""
    return [
        (row.parcel_id, row.after, row.at, following.at)
        for row, following in pairwise(walked)
        if row.after in PUBLIC_STATUSES
    ]


def _keep(stretches: Sequence[Stretch]) -> None:
    """As versions of the parcels as they are now, but for their states."""
    columns = [name for name in kept_columns() if name != "status"]
    statement = sql.SQL(
        "INSERT INTO landparcels_parcelversion (parcel, status, valid_from, valid_to, {columns}) "
        "SELECT told.id, told.state, told.since, told.until, {values} "
        "FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[]) AS told (id, state, since, until) "
        "JOIN landparcels_parcel AS parcel ON parcel.id = told.id"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.Identifier("parcel", name) for name in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(one) for one in zip(*stretches, strict=True)] or [[], [], [], []])
