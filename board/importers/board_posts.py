"""Posts of the board. Contacts are never imported: staff write them down, and they are encrypted."""

from django.utils import timezone

from board.importers.product_synonyms import check_right
from board.models import LONGEST_WORDS, NAME_COLUMNS, Post
from board.names import LONGEST, name_of, normal
from board.units import SPELLINGS
from chains.models import ChainNode
from enterprises.models import Enterprise
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.models import Region
from geo.reach import region_fault
from geo.words import say
from investors.masking import masked_within

KINDS = {
    **{spelling: kind.value for kind in Post.Kind for spelling in (kind.value, kind.label.split(" ")[0])},
    "供给": "offer",
    "求购": "want",
    "采购": "want",
}
STATES = {spelling: state.value for state in Post.State for spelling in (state.value, state.label.split(" ")[0])}


def prepare(batch: Batch, load: Load) -> None:
    """Firm, node and region behind their codes, and what a product is found by; whatever does not hold is refused in words."""
    _name(batch, load)
    _look_up(batch, load)
    _judge(batch)
    for column in ("unit", "words"):
        if column in batch.columns:
            batch.columns[column] = [value or "" for value in batch.columns[column]]
    if "state" in batch.columns:
        now = timezone.now()
        states = [state or Post.State.DRAFT.value for state in batch.columns["state"]]
        batch.columns["state"] = states
        batch.columns["published_at"] = [None if state == Post.State.DRAFT else now for state in states]


def _name(batch: Batch, load: Load) -> None:
    seen: dict[tuple[str, str, str], int] = load.remember("products", dict)
    products = batch.columns["product"]
    for index in list(batch.alive()):
        key = (batch.columns["uscc"][index], batch.columns["kind"][index], normal(products[index]))
        first = seen.setdefault(key, batch.numbers[index])
        if not key[2]:
            batch.refuse(index, "product", products[index], say(zh="产品名称里要有字", en="the name holds no letters"))
        elif first != batch.numbers[index]:
            words = say(zh=f"与第 {first} 行是同一种产品", en=f"the same product as in row {first}")
            batch.refuse(index, "product", products[index], words)
    names = [name_of(product or "") for product in products]
    batch.columns |= {column: [getattr(name, column) for name in names] for column in NAME_COLUMNS}


def _look_up(batch: Batch, load: Load) -> None:
    firms = load.remember("firms", lambda: {uscc: (pk, region) for uscc, pk, region in _firms()})
    root = load.remember("root", lambda: Region.objects.roots().order_by("adcode").values_list("pk", flat=True).first())
    usccs, chains, nodes = batch.columns.pop("uscc"), batch.values("chain"), batch.values("node")
    given = batch.values("region")
    leaves = _leaves(set(chains))
    keys = list(zip(usccs, batch.columns["kind"], batch.columns["normal"], strict=True))
    homes = _homes(set(usccs))
    regions: list[str | None] = [None] * len(batch)
    for index in list(batch.alive()):
        firm = firms.get(usccs[index])
        if firm is None:
            words = say(
                zh=f"没有标识为 {usccs[index]} 的企业；请先用 enterprises 导入",
                en=f"there is no enterprise {usccs[index]}; load it with enterprises first",
            )
            batch.refuse(index, "uscc", usccs[index], words)
            continue
        home = homes.get(keys[index])
        regions[index] = given[index] or home or firm[1] or root
        if (problem := region_fault(regions[index], load)) is not None:
            batch.refuse(index, "region", given[index], problem)
        elif home and (problem := region_fault(home, load)) is not None:  # a file takes no post over
            batch.refuse(index, "product", batch.columns["product"][index], problem)
        if (chains[index] or nodes[index]) and (chains[index], nodes[index]) not in leaves:
            words = say(
                zh=f"没有环节“{chains[index] or ''}/{nodes[index] or ''}”，或它有下级环节",
                en=f"there is no node {chains[index] or ''}/{nodes[index] or ''}, or it has nodes below it",
            )
            batch.refuse(index, "node", nodes[index], words)
    batch.columns["enterprise_id"] = [firms[uscc][0] if uscc in firms else None for uscc in usccs]
    batch.columns["region_id"] = regions
    if "node" in batch.columns:
        batch.columns["node_id"] = [leaves.get(pair) for pair in zip(chains, nodes, strict=True)]
    for used_up in ("chain", "node", "region"):
        batch.columns.pop(used_up, None)


def _judge(batch: Batch) -> None:
    today = timezone.localdate()
    untils, quantities, units, words = (batch.values(name) for name in ("until", "quantity", "unit", "words"))
    states = batch.values("state")
    for index in list(batch.alive()):
        if untils[index] < today and states[index] != Post.State.CLOSED:
            batch.refuse(index, "until", untils[index], say(zh="截止日期已过", en="its last day is over"))
        if quantities[index] is not None and quantities[index] <= 0:
            batch.refuse(index, "quantity", quantities[index], say(zh="数量应大于 0", en="a quantity is above 0"))
        if (quantities[index] is None) != (not units[index]):
            both = say(zh="数量和单位要一起填写", en="a quantity has a unit, and a unit a quantity")
            batch.refuse(index, "unit", units[index], both)
        if masked_within(words[index] or "") != (words[index] or ""):
            public = say(
                zh="说明对公众可见，不能写电话或邮箱", en="everyone reads this text: no phone number or address"
            )
            batch.refuse(index, "words", "", public)


def _firms() -> list[tuple[str, int, str | None]]:
    return list(Enterprise.objects.values_list("uscc", "pk", "region"))


def _homes(usccs: set[str]) -> dict[tuple[str, str, str], str]:
    """The regions of the posts that are there, by the firm's identifier, kind and normal name."""
    rows = Post.objects.filter(enterprise__uscc__in=usccs).values_list("enterprise__uscc", "kind", "normal", "region")
    return {(uscc, kind, name): region for uscc, kind, name, region in rows}


def _leaves(chains: set[str | None]) -> dict[tuple[str | None, str | None], int]:
    rows = ChainNode.objects.leaves().filter(chain__code__in=chains - {None}).values_list("chain__code", "code", "pk")
    return {(chain, code): pk for chain, code, pk in rows}


register(
    Kind(
        name="board_posts",
        zh="供需信息",
        en="Supply and demand",
        model=Post,
        key=("uscc", "kind", "product"),
        conflict=("enterprise_id", "kind", "normal"),
        columns=(
            Column("uscc", "统一社会信用代码", Type.USCC, required=True, longest=80),
            Column("kind", "类型", Type.CHOICE, required=True, choices=KINDS),
            Column("product", "产品", Type.TEXT, required=True, longest=LONGEST),
            Column("chain", "产业链", Type.CODE, longest=60),
            Column("node", "环节", Type.CODE, longest=120),
            Column("quantity", "数量", Type.DECIMAL, low=0, high=1e12),
            Column("unit", "单位", Type.CHOICE, choices=SPELLINGS),
            Column("region", "行政区代码", Type.ADCODE),
            Column("until", "截止日期", Type.DATE, required=True),
            Column("words", "说明", Type.TEXT, longest=LONGEST_WORDS),
            Column("state", "状态", Type.CHOICE, choices=STATES),
        ),
        before=check_right,
        prepare=prepare,
    )
)
