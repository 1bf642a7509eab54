"""What a chain needs at a node, as the field names it, and in words fit for the public. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chains.verdicts import State
from geo.words import Words, say

MOST_NAMES = 3


class Need(StrEnum):
    BUILD = "build"
    MEND = "mend"
    EXTEND = "extend"
    STRENGTHEN = "strengthen"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a leaf of a chain stands."""

    state: State
    behind_missing: bool = False
    single_source: bool = False
    chokepoint: bool = False
    beside_strong: bool = False
    """A supplier or user of it is strong here."""


def need_of(node: Standing) -> Need | None:
    """建链 what is missing; 补链 what is weak or hidden behind missing users; 延链 what is absent next to a strong node;
    强链 what is made here, but by one firm or at a chokepoint. None: nothing calls for it."""
    if node.state is State.MISSING:
        return Need.BUILD
    if node.state is State.WEAK or node.behind_missing:
        return Need.MEND
    if node.state is State.ABSENT:
        return Need.EXTEND if node.beside_strong else None
    return Need.STRENGTHEN if node.single_source or node.chokepoint else None


def in_words(need: Need, node: Standing, name: Words, users: Sequence[Words], strong: Sequence[Words]) -> Words:
    """Without an amount and without a firm. `users`: nodes made here that use it; `strong`: strong nodes beside it."""
    name = Words(name.zh, within_a_sentence(name.en))
    if need is Need.BUILD:
        if not users:
            return say(
                zh=f"{name.zh}是本链的必备环节，本市还没有企业生产。",
                en=f"The chain cannot do without {name.en}, and nobody in the city makes it yet.",
            )
        return say(
            zh=f"本市还没有企业生产{name.zh}，而{_joined(users).zh}{'' if len(users) == 1 else '都'}要用到它。",
            en=f"Nobody in the city makes {name.en} yet, and {_joined(users).en} {_verb(users)} it.",
        )
    if need is Need.MEND and node.state is State.WEAK:
        if not users:
            return say(zh=f"本市{name.zh}的产能明显不足。", en=f"The city makes far less {name.en} than it needs.")
        return say(
            zh=f"本市{name.zh}的产能明显不足，{_joined(users).zh}大多要从市外采购。",
            en=f"The city makes far less {name.en} than it needs: {_joined(users).en} mostly {_buys(users)} elsewhere.",
        )
    if need is Need.MEND:
        return say(
            zh=f"用到{name.zh}的环节在本市同样缺失，适合成组引进。",
            en=f"The links that use {name.en} are missing here as well: they would best come together.",
        )
    if need is Need.EXTEND:
        return say(
            zh=f"本市在{_joined(strong).zh}上具有优势，可以向{name.zh}延伸。",
            en=f"The city is strong in {_joined(strong).en}, next to which {name.en} would fit.",
        )
    return say(
        zh=f"本市已有{name.zh}的基础，欢迎更多企业，使供给更稳、更强。",
        en=f"The city makes {name.en} already; more makers would make its supply steadier and stronger.",
    )


def within_a_sentence(name: str) -> str:
    """`Control board` begins small; `IGBT modules` and `IoT` stay as they are."""
    first, _, _ = name.partition(" ")
    return name if any(letter.isupper() or letter.isdigit() for letter in first[1:]) else name[:1].lower() + name[1:]


def _joined(names: Sequence[Words]) -> Words:
    shown = names[:MOST_NAMES]
    zh, en = "、".join(name.zh for name in shown), [within_a_sentence(name.en) for name in shown]
    more = len(names) > len(shown)
    if more:
        return say(zh=f"{zh}等环节", en=", ".join([*en, "others"][:-1]) + " and others")
    return say(zh=zh, en=" and ".join([", ".join(en[:-1]), en[-1]] if len(en) > 1 else en))


def _verb(names: Sequence[Words]) -> str:
    return "uses" if len(names) == 1 else "use"


def _buys(names: Sequence[Words]) -> str:
    return "buys" if len(names) == 1 else "buy"
