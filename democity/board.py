"""What firms of the demo offer and want along the edges of its chains, and some names that mean the same."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from numpy.random import Generator

from democity.chains import Chains
from democity.firms import CITY, Firm
from democity.randomness import stream

POSTS = 120
SYNONYM = "name head"
POST = "uscc kind product chain node quantity unit region until words state"
SYNONYMS = (
    ("非织造布", "无纺布"), ("聚氯乙烯", "PVC"), ("聚丙烯", "PP 料"), ("偏光片", "偏光板"), ("帘子布", "轮胎帘线"),
    ("易拉罐", "铝罐"), ("膜电极", "MEA"), ("质子交换膜", "PEM 膜"), ("储氢瓶", "高压储氢罐"), ("六氟磷酸锂", "LiPF6"),
    ("碳化硅功率器件", "SiC 器件"), ("IGBT 功率模块", "绝缘栅双极型晶体管模块"), ("车规级芯片", "汽车芯片"),
    ("变频控制芯片", "MCU"), ("MCU", "单片机"), ("控制主板", "主控板"), ("制冷压缩机", "冰箱压缩机"), ("制冷铜管", "空调铜管"),
    ("电芯", "电池单体"), ("动力电池系统", "动力电池"), ("动力电池包", "动力电池"), ("正极材料", "阴极材料"),
    ("聚烯烃基膜", "锂电隔膜基膜"), ("电池管理系统", "BMS"), ("工业机器人", "机械臂"), ("预制菜", "预制食品"),
    ("子午线轮胎", "汽车轮胎"), ("显示面板", "显示屏"), ("光模块", "光收发模块"), ("改性塑料", "改性工程塑料"),
)  # fmt: skip
_BY_WEIGHT = ("13", "14", "15", "17", "22", "25", "26", "28", "29", "30", "31", "32")
"""Industries whose goods are weighed; others are counted."""
_SAYINGS = {
    "offer": ("现货供应，可先寄样（演示）", "产能有余，接受长期协议（演示）", "可按图定制，支持小批量试制（演示）", ""),
    "want": (
        "寻找本地稳定供应商，按季度交付（演示）",
        "现由外地供货，希望就近配套（演示）",
        "新产品试制用，先小批量（演示）",
        "",
    ),
}


def say_the_same() -> Iterator[tuple[str, str]]:
    """(name, head) of the demo's table of synonyms; each name once."""
    heads: dict[str, str] = {}
    for head, name in SYNONYMS:
        heads.setdefault(name, head)
    yield from heads.items()


def post_on_board(seed: int, count: int, chains: Chains, firms: list[Firm], listed: set[str]) -> Iterator[list[object]]:
    """Rows of board_posts: who makes a product offers it, who makes what it goes into wants it; firms on the exchange first.

    Days are counted from today, so that the board of a demo is never empty.
    """
    rng = stream(seed, "board")
    makers: dict[tuple[str, str], list[Firm]] = {}
    for firm in firms:
        for chain, node, _, _ in firm.products:
            makers.setdefault((chain, node), []).append(firm)
    edges = [
        edge
        for edge in chains.edges
        if (edge["chain"], edge["source"]) in makers and (edge["chain"], edge["target"]) in makers
    ]
    others = dict(SYNONYMS)
    taken: set[tuple[str, str, str]] = set()
    for at in rng.permutation(len(edges)).tolist():
        source, target = (edges[at]["chain"], edges[at]["source"]), (edges[at]["chain"], edges[at]["target"])
        input_node = chains.leaves[source]
        for kind, place in (("offer", source), ("want", target)):
            for firm in _two(rng, makers[place], listed):
                own = next(made for chain, code, made, _ in firm.products if (chain, code) == place)
                wanted = others.get(input_node.name, input_node.name) if rng.random() < 0.4 else input_node.name
                product = own if kind == "offer" else wanted
                if (firm.uscc, kind, product) in taken:
                    continue
                if len(taken) == count:
                    return
                taken.add((firm.uscc, kind, product))
                yield [firm.uscc, kind, product, *source, *_rest(rng, kind, input_node.industry, firm, len(taken))]


def _two(rng: Generator, pool: list[Firm], listed: set[str]) -> list[Firm]:
    """Two of the pool, one of them on the exchange where there is one: visitors see those."""
    public = [firm for firm in pool if firm.uscc in listed]
    rest = [firm for firm in pool if firm.uscc not in listed and firm.in_city]
    chosen = [group[int(rng.integers(len(group)))] for group in (public, rest) if group]
    return chosen or pool[:1]


def _rest(rng: Generator, kind: str, industry: str, firm: Firm, number: int) -> list[object]:
    """quantity unit region until words state"""
    known = rng.random() < 0.8
    weighed = industry.startswith(_BY_WEIGHT)
    amount = int(rng.integers(2, 60)) * (10 if weighed else 500) if known else ""
    until = timezone.localdate() + timedelta(days=int(rng.integers(20, 240)))
    words = _SAYINGS[kind][int(rng.integers(len(_SAYINGS[kind])))]
    state = "draft" if number % 24 == 0 else "published"
    return [amount, ("t" if weighed else "pcs") if known else "", "" if firm.in_city else CITY, until, words, state]
