"""Signals: what was heard of firms that may move, grow or look for room."""

from enterprises.models import Enterprise, Signal
from enterprises.reach import refuse_facts_elsewhere
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say

KINDS = {spelling: kind.value for kind in Signal.Kind for spelling in (kind.value, kind.label.split(" ")[0])}


def prepare(batch: Batch, load: Load) -> None:
    """The firm behind each identifier; a signal of an unknown firm is refused. The file's `source` is kept as words."""
    refuse_facts_elsewhere(batch, load, "uscc")
    firms = load.ids(Enterprise, "uscc")
    codes = batch.columns.pop("uscc")
    for index in list(batch.alive()):
        if codes[index] not in firms:
            batch.refuse(
                index,
                "uscc",
                codes[index],
                say(
                    zh=f"没有标识为 {codes[index]} 的企业；请先用 enterprises 导入",
                    en=f"there is no enterprise {codes[index]}; load it with enterprises first",
                ),
            )
    batch.columns["enterprise_id"] = [firms.get(code) for code in codes]
    if "source" in batch.columns:
        batch.columns["reference"] = [text or "" for text in batch.columns.pop("source")]
    if "text" in batch.columns:
        batch.columns["text"] = [text or "" for text in batch.columns["text"]]


register(
    Kind(
        name="signals",
        zh="企业动态",
        en="Signals",
        model=Signal,
        key=("uscc", "date", "kind"),
        conflict=("enterprise_id", "date", "kind"),
        columns=(
            Column("uscc", "统一社会信用代码", Type.USCC, required=True, longest=80),
            Column("date", "日期", Type.DATE, required=True),
            Column("kind", "类型", Type.CHOICE, required=True, choices=KINDS),
            Column("text", "内容"),
            Column("source", "来源"),
        ),
        prepare=prepare,
    )
)
