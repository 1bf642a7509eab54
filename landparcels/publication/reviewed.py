"""What came before a reviewer, kept with the step as it was then, and what has changed of it since.

What follows from the surroundings, from the tables of regions and from the readiness on record moves with those and is
nobody's edit of the parcel: it does not count, nor does another file that says the same.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from geo.sql import load
from geo.words import Words, say
from landparcels.card.wording import TERM_WORDS, term_words, value_words
from landparcels.evidence import PARTS
from landparcels.indicators import catalogue, indicators_for
from landparcels.indicators.field import GROUP_WORDS
from landparcels.models import Parcel
from landparcels.power import VOLTAGES
from landparcels.publication.keeping import kept_columns
from landparcels.publication.models import ParcelTransition

Json = dict[str, Any]  # Any: what JSON holds
IN_REVIEW = ("submitted", "approved")
"""States in which a parcel stands as somebody brought it there: a step into one keeps what the parcel said."""

NOT_JUDGED = frozenset(
    {"status", "web", "label_point", "area_mu", "cell", "source_id", "cited", "regional_assessments", *VOLTAGES}
)
MOST_TOLD = 5
WORDS = {
    **TERM_WORDS,
    "name": Words("名称", "Name"),
    "region_id": Words("行政区", "Region"),
    "outline": Words("边界", "Outline"),
}
PART_WORDS = {
    "as_of": Words("数据日期", "date"),
    "expires": Words("有效期", "last day"),
    "department": Words("责任部门", "department"),
    "reference": Words("依据文件", "paper"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as it was: before and after as people read them."""

    name: str
    label: Words
    before: Words
    after: Words

    @property
    def words(self) -> Words:
        if self.name == "outline":
            return say(zh=f"{self.label.zh}已改", en=f"{self.label.en.lower()} redrawn")
        return say(
            zh=f"{self.label.zh} {self.before.zh} → {self.after.zh}",
            en=f"{self.label.en} {self.before.en} → {self.after.en}",
        )


def content_sql() -> sql.Composed:
    """As an expression over `landparcels_parcel AS parcel`."""
    worked_out = {code for code, one in catalogue().items() if one.origin != "declared"}
    names = [name for name in kept_columns() if name not in NOT_JUDGED | worked_out | {"outline"}]
    columns = sql.SQL(", ").join(sql.Identifier("parcel", name) for name in names)
    return sql.SQL(load("reviewed.sql", "landparcels.sql")).format(columns=columns)


def contents(parcels: Sequence[int]) -> dict[int, Json]:
    """What each of these parcels says now, by id."""
    statement = sql.SQL("SELECT parcel.id, ({})::text FROM landparcels_parcel AS parcel WHERE parcel.id = ANY(%s)")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(content_sql()), [list(parcels)])
        return {pk: json.loads(text) for pk, text in cursor.fetchall()}


def changed_since_review(parcels: Iterable[Parcel]) -> dict[int, list[Change]]:
    """Of parcels that are submitted or approved: what has changed since that step, by id.

    A step older than the keeping of contents says nothing.
    """
    waiting = {parcel.pk: parcel for parcel in parcels if parcel.status in IN_REVIEW}
    last: dict[int, ParcelTransition] = {}
    for step in ParcelTransition.objects.filter(parcel__in=waiting, after__in=IN_REVIEW).order_by("id"):
        last[step.parcel_id] = step
    now = contents(list(last))
    return {pk: list(changes(step.content, now[pk])) for pk, step in last.items() if step.content and pk in now}


def changes(before: Json, now: Json) -> Iterator[Change]:
    """In the order in which people read a parcel; a blank and an unknown are the same."""
    old, new = _flat(before), _flat(now)
    labels = _labels()
    order = {name: at for at, name in enumerate(labels)}
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    for name in sorted(names, key=lambda name: (order.get(name, len(order)), name)):
        part = old.get(name), new.get(name)
        yield Change(name, labels.get(name) or _label(name, *part), *(_said(name, value) for value in part))


def _flat(content: Json) -> Json:
    """One level: values of own indicators by their codes, evidence by entry, papers by number; without blanks."""
    flat = {name: value for name, value in content.items() if name not in ("extra", "evidence", "documents")}
    flat |= content.get("extra") or {}
    flat |= {f"evidence.{name}": value for name, value in (content.get("evidence") or {}).items()}
    flat |= {f"document.{number}": value for number, value in (content.get("documents") or {}).items()}
    return {name: value for name, value in flat.items() if value not in (None, "", [], {})}


def _labels() -> dict[str, Words]:
    return WORDS | {code: Words(one.zh, one.en) for code, one in indicators_for().items()}


def _label(name: str, before: Any, after: Any) -> Words:  # Any: what JSON holds
    kind, _, rest = name.partition(".")
    if kind == "document":
        paper = (after or before)["name"]
        return say(zh=f"文件“{paper}”", en=f"Document {paper}")
    one = indicators_for().get(rest)
    if one is None:
        groups: Mapping[str, Words] = dict(GROUP_WORDS.items())
        about = groups.get(rest, Words(rest, rest))
    else:
        about = Words(one.zh, one.en)
    return say(zh=f"{about.zh}的依据", en=f"Evidence of {about.en}") if kind == "evidence" else Words(name, name)


def _said(name: str, value: Any) -> Words:  # Any: what JSON holds
    kind, _, _ = name.partition(".")
    if kind == "document":
        return _paper(value)
    if kind == "evidence":
        return _evidence(value or {})
    one = indicators_for().get(name)
    if one is not None:
        return Words(*(value_words(name, value, one.unit, english=english) for english in (False, True)))
    if name == "outline":
        return Words("—", "—") if value is None else Words(value[:8], value[:8])
    return Words(*(term_words(name, value, english=english) for english in (False, True)))


def _paper(value: Json | None) -> Words:
    if value is None:
        return say(zh="无", en="not there")
    shown = say(zh="公开", en="public") if value.get("public") else say(zh="内部", en="internal")
    mark = value["sha256"][:8]
    return say(zh=f"{shown.zh}，{mark}", en=f"{shown.en}, {mark}")


def _evidence(value: Mapping[str, str]) -> Words:
    told = [(PART_WORDS[part], value[part]) for part in PARTS if value.get(part)]
    return say(
        zh="，".join(f"{words.zh} {text}" for words, text in told) or "—",
        en=", ".join(f"{words.en} {text}" for words, text in told) or "—",
    )


def listed(found: Sequence[Change]) -> Words:
    """The first of them in one sentence, and how many more."""
    more = len(found) - MOST_TOLD
    told = [change.words for change in found[:MOST_TOLD]]
    return say(
        zh="；".join(words.zh for words in told) + (f"；另有 {more} 处" if more > 0 else ""),
        en="; ".join(words.en for words in told) + (f"; and {more} more" if more > 0 else ""),
    )
