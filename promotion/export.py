"""The list of targets as a spreadsheet; every text stands as text, whatever it begins with."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from geo.sheets import XLSX, Sheet, Value
from geo.sheets import workbook as written
from geo.words import Words
from promotion.first_contact import is_overdue
from promotion.models import Target, TargetEvent
from promotion.nodes import Nodes

COLUMNS: tuple[tuple[Words, int], ...] = (
    (Words("企业", "Firm"), 32),
    (Words("统一社会信用代码", "Identifier"), 24),
    (Words("总部所在地", "Headquarters"), 14),
    (Words("产业链", "Chain"), 18),
    (Words("环节", "Node"), 24),
    (Words("状态", "State"), 12),
    (Words("跟进区域", "Region"), 14),
    (Words("负责人", "Owner"), 16),
    (Words("跟进起始", "Since"), 12),
    (Words("下次行动", "Next action"), 12),
    (Words("最近记录", "Last note on"), 12),
    (Words("是否超期", "Overdue"), 10),
    (Words("最近一条记录", "Last note"), 60),
)


def workbook(rows: QuerySet[Target], nodes: Nodes) -> HttpResponse:
    notes = TargetEvent.objects.filter(target=OuterRef("pk"), kind=TargetEvent.Kind.NOTE).order_by("-id")
    told = rows.annotate(last_note=Subquery(notes.values("text")[:1])).iterator(chunk_size=1000)
    headers, widths = [str(words) for words, _ in COLUMNS], [width for _, width in COLUMNS]
    lines = (_line(target, nodes) for target in told)
    content = written(Sheet(str(Words("招商名录", "Targets")), headers, lines, widths))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="targets-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _line(target: Target, nodes: Nodes) -> list[Value]:
    english = (get_language() or "zh").startswith("en")
    node = nodes.told(target.node)
    label = str(Target.State(target.state).label)
    overdue = is_overdue(target.last_word_at, target.state, timezone.now())
    chain_name, node_name = (
        ("", target.node)
        if node is None
        else (
            (english and node["chain_name_en"]) or node["chain_name"],
            (english and node["name_en"]) or node["name"],
        )
    )
    return [
        target.enterprise.name,
        target.enterprise.uscc,
        target.enterprise.hq_region,
        chain_name,
        node_name,
        label.partition(" ")[2 if english else 0],
        (english and target.region.name_en) or target.region.name,
        str(target.owner),
        timezone.localtime(target.since).date(),
        target.next_action_on,
        timezone.localtime(target.last_word_at).date(),
        str(Words("是", "yes") if overdue else Words("否", "no")),
        getattr(target, "last_note", None) or "",
    ]
