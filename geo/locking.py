"""Forms that were opened before somebody else's change are refused, and told by whom and what was changed.

A `mark` stands for what the columns of one or more rows hold; a form sends back, as `If-Match`, the one it was filled from. It is
checked once the rows are locked. Labels name the columns for people, and say which of them count.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone
from rest_framework.request import Request

from accounts.audit import VEIL
from accounts.models import AuditEntry, User
from accounts.rights import may_see_staff_data
from geo.errors import ChangedMeanwhile
from geo.words import Words, say

Labels = Mapping[str, Words]
Part = tuple[Model, Labels]
LONGEST_VALUE = 40
AT_ONCE = timedelta(seconds=1)
"""One change by a person may touch several rows, and is written within this."""


def mark_of(*parts: Part) -> str:
    held = [[getattr(row, name) for name in labels] for row, labels in parts]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:16]


def seen_by(request: Request) -> str | None:
    """The mark a form was filled from; None where a program did not ask for the check."""
    asked = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    return asked if asked and asked != "*" else None


def check_fresh(seen: str | None, *parts: Part) -> None:
    if seen is not None and seen != mark_of(*parts):
        raise changed_meanwhile(*parts)


def changed_meanwhile(*parts: Part) -> ChangedMeanwhile:
    """In words of the audit: who changed which of the named columns last, and from what to what."""
    labels = {(row._meta.db_table, str(row.pk)): named for row, named in parts}
    found = [entry for table, key in labels if (entry := last_entry(table, key)) is not None]
    if not found:
        return ChangedMeanwhile(
            zh="您打开之后，内容已被修改；您的修改没有保存，填写的内容仍在。",
            en="This was changed after you opened it. Nothing of yours was saved, and what you entered is still here.",
        )
    last = max(found, key=lambda one: one.pk)
    who, when = _who(last.actor), f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}"
    what = _what([(one, labels[(one.table, one.row)]) for one in found if _with(one, last)])
    return ChangedMeanwhile(
        zh=f"您打开之后，{who.zh}于 {when} 修改了{what.zh}；您的修改没有保存，填写的内容仍在。",
        en=f"After you opened this, {who.en} changed {what.en} ({when}). Nothing of yours was saved, and what you entered "
        "is still here.",
    )


def _with(one: AuditEntry, last: AuditEntry) -> bool:
    return one.actor == last.actor and last.at - one.at < AT_ONCE


def last_entry(table: str, key: str) -> AuditEntry | None:
    changes = AuditEntry.objects.filter(table=table, row=key, action__in=("insert", "update"))
    return changes.order_by("-pk").first()


def _who(actor: str) -> Words:
    if not actor:
        return say(zh="系统", en="the system")
    person = User.objects.filter(username=actor).first()
    if person is None or not may_see_staff_data(person):
        return say(zh="投资者", en="the investor")
    return say(zh=f"“{person}”", en=str(person))


def _what(entries: Sequence[tuple[AuditEntry, Labels]]) -> Words:
    told = [
        _change(labels[name], name, entry.before.get(name), entry.after[name])
        for entry, labels in entries
        if entry.before and entry.after
        for name in labels
        if name in entry.after
    ]
    if not told:
        return say(zh="内容", en="it")
    return say(zh="、".join(one.zh for one in told), en=", ".join(one.en for one in told))


def _change(label: Words, name: str, before: Any, after: Any) -> Words:  # Any: JSON
    if name == "owner_id":
        before, after = (str(User.objects.filter(pk=pk).first() or "") for pk in (before, after))
    elif name.endswith("_id") or any(value == VEIL or isinstance(value, list | dict) for value in (before, after)):
        return label
    old, new = _value(before), _value(after)
    return say(zh=f"{label.zh}（{old.zh} → {new.zh}）", en=f"{label.en} ({old.en} → {new.en})")


def _value(value: Any) -> Words:  # Any: JSON
    if value is None or value == "":
        return say(zh="空", en="empty")
    if isinstance(value, bool):
        return say(zh="是" if value else "否", en="yes" if value else "no")
    text = str(value)
    return Words(*[text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"] * 2)
