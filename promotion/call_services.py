"""Drawing up calls and publishing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.rights import Person
from geo.errors import BadParameter, Conflict
from geo.locking import Labels, check_fresh
from geo.words import say
from promotion.call_words import called, name_of
from promotion.models import Call, CallEntry
from promotion.nodes import Nodes
from promotion.services import region_of, require_promoter

LABELS: Labels = {
    "title_zh": say(zh="中文标题", en="the Chinese title"),
    "title_en": say(zh="英文标题", en="the English title"),
    "contact_office": say(zh="承办部门", en="the office"),
    "contact_office_en": say(zh="承办部门英文名", en="the office in English"),
    "contact_phone": say(zh="电话", en="the telephone"),
    "closes_on": say(zh="截止日期", en="its last day"),
    "state": say(zh="状态", en="the state"),
    "nodes": say(zh="所列环节", en="what is called for"),
}


@transaction.atomic
def draw_up(*, given: Mapping[str, Any], by: Person) -> Call:
    """A draft with an entry for every node that is named, in the words of today's verdicts."""
    by = require_promoter(by)
    columns = {name: value for name, value in given.items() if name != "nodes"}
    call = Call.objects.create(region=region_of(by), created_by=by, **columns)
    _write_entries(call, given["nodes"], by)
    return call


@transaction.atomic
def revise(*, call: Call, given: Mapping[str, Any], seen: str | None = None, by: Person) -> Call:
    """A draft alone: what was published stays as people have read it. `seen` is the mark of what the person saw."""
    by = require_promoter(by)
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.state != Call.State.DRAFT:
        raise Conflict(
            zh="已发布的榜单不能修改；请结束后另发新榜。",
            en="A published call is not changed; close it and draw up another.",
        )
    check_fresh(seen, (call, LABELS))
    for name, value in given.items():
        if name != "nodes":
            setattr(call, name, value)
    call.save()
    if "nodes" in given:
        call.entries.all().delete()
        _write_entries(call, given["nodes"], by)
    return call


@transaction.atomic
def publish(*, call: Call, by: Person) -> Call:
    """From now on everyone may read it."""
    require_promoter(by)
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.state != Call.State.DRAFT:
        raise Conflict(zh="该榜单已经发布过。", en="This call was published already.")
    if call.closes_on is not None and call.closes_on < timezone.localdate():
        raise BadParameter("closes_on", zh="截止日期已过。", en="Its last day is over.")
    call.state, call.published_at = Call.State.PUBLISHED, timezone.now()
    call.save(update_fields=["state", "published_at"])
    return call


@transaction.atomic
def close(*, call: Call, by: Person) -> Call:
    """Takes it off the public page at once."""
    require_promoter(by)
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.state != Call.State.PUBLISHED:
        raise Conflict(zh="只有已发布的榜单可以结束。", en="Only a published call can be closed.")
    call.state = Call.State.CLOSED
    call.save(update_fields=["state"])
    return call


def _write_entries(call: Call, nodes: Sequence[str], by: Person) -> None:
    known = Nodes(by)
    entries = []
    for text in dict.fromkeys(nodes):
        wanted = known.leaf(text)
        found = called(wanted)
        if found is None:
            raise BadParameter(
                "nodes",
                zh=f"环节“{text}”目前不缺不弱，没有可发布的需求。",
                en=f"Node {text} is neither missing nor weak: there is nothing to call for.",
            )
        name, chain = name_of(wanted.picture, wanted.at), wanted.picture.chain
        entries.append(
            CallEntry(
                call=call, node=text, kind=found.need.value, name_zh=name.zh, name_en=name.en,
                chain_zh=chain.name, chain_en=chain.name_en or chain.name,
                need_zh=found.words.zh, need_en=found.words.en,
            )
        )  # fmt: skip
    CallEntry.objects.bulk_create(entries)
