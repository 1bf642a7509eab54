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
    """Without an amount and without a firm; in English without its name, which stands before. `users`: nodes made here that use it; `strong`: strong nodes beside it."""
    if need is Need.BUILD:
        if not users:
            return say(
                zh=f"{name.zh}是本链的必备环节，本市还没有企业生产。",
                en="No maker in the city yet, and the chain cannot do without it.",
            )
        return say(
            zh=f"本市还没有企业生产{name.zh}，而{_joined(users).zh}{'' if len(users) == 1 else '都'}要用到它。",
            en=f"No maker in the city yet. It is used here for {_joined(users).en}.",
        )
    if need is Need.MEND and node.state is State.WEAK:
        if not users:
            return say(zh=f"本市{name.zh}的产能明显不足。", en="Far less is made in the city than is needed here.")
        return say(
            zh=f"本市{name.zh}的产能明显不足，{_joined(users).zh}大多要从市外采购。",
            en=f"Far less is made in the city than is needed here for {_joined(users).en}; most is bought elsewhere.",
        )
    if need is Need.MEND:
        return say(
            zh=f"用到{name.zh}的环节在本市同样缺失，适合成组引进。",
            en="The links that use it are missing here as well; they would best come together.",
        )
    if need is Need.EXTEND:
        return say(
            zh=f"本市在{_joined(strong).zh}上具有优势，可以向{name.zh}延伸。",
            en=f"The city is strong right beside it, in {_joined(strong).en}.",
        )
    return say(
        zh=f"本市已有{name.zh}的基础，欢迎更多企业，使供给更稳、更强。",
        en="Made in the city already; more makers would make its supply steadier and stronger.",
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
