"""Verdicts in sentences: why a node is judged as it is, and what would change that, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10

from chains.flips import Flip, NodeInputs
from chains.verdicts import DEFAULT_THRESHOLDS, State, Thresholds
from geo.words import Words, say

VERDICT_NAMES: Mapping[str, Words] = {
    State.MISSING: say(zh="缺失", en="missing"),
    State.ABSENT: say(zh="未布局", en="absent"),
    State.WEAK: say(zh="薄弱", en="weak"),
    State.STRONG: say(zh="优势", en="strong"),
    State.BALANCED: say(zh="均衡", en="balanced"),
    "chokepoint": say(zh="卡点", en="a chokepoint"),
    "no_chokepoint": say(zh="非卡点", en="no chokepoint"),
    "single_source": say(zh="单一来源", en="a single source"),
    "several_sources": say(zh="多来源", en="supplied by several"),
}
INPUT_NAMES: Mapping[str, Words] = {
    "supply": say(zh="本地产值", en="local supply"),
    "demand": say(zh="本地需求", en="local demand"),
    "largest_supplier": say(zh="最大供应企业的产值", en="the largest supplier's amount"),
    "other_suppliers": say(zh="其他供应企业的产值", en="the other suppliers' amount"),
    "barrier": say(zh="替代壁垒", en="the substitution barrier"),
    "import_share": say(zh="进口占比", en="the import share"),
}
SHARES = frozenset({"barrier", "import_share"})


def explain_state(
    state: State, node: NodeInputs, *, rate: float | None, lq: float | None, limits: Thresholds = DEFAULT_THRESHOLDS
) -> Words:
    """Which line of the method applied, with its numbers."""
    if state is State.MISSING and node.demand > 0:
        need = money(node.demand)
        return say(
            zh=f"本地没有产值，而本地用户需要 {need.zh}。",
            en=f"Nothing is made locally, and local users need {need.en}.",
        )
    if state is State.MISSING:
        return say(zh="必备环节，本地没有产值。", en="The node is essential, and nothing is made locally.")
    if state is State.ABSENT:
        return say(zh="本地没有产值，也没有本地需求。", en="Nothing is made locally, and nobody here needs it.")
    if state is State.WEAK:
        return say(
            zh=f"本地供给潜力 {percent(rate)}，低于 {percent(limits.weak_rate)}。",
            en=f"Local supply covers {percent(rate)} of local demand, less than {percent(limits.weak_rate)}.",
        )
    met = (
        say(zh="没有本地需求", en="there is no local demand")
        if rate is None
        else say(zh=f"本地供给潜力 {percent(rate)}", en=f"local supply covers {percent(rate)} of local demand")
    )
    if lq is None:
        return say(
            zh=f"{met.zh}；没有全国产值，无法计算区位商。",
            en=f"{_capital(met.en)}; without a national output there is no location quotient.",
        )
    sign = "≥" if state is State.STRONG or lq >= limits.strong_lq else "<"
    return say(
        zh=f"{met.zh}；区位商 {lq:.2f} {sign} {limits.strong_lq:g}。",
        en=f"{_capital(met.en)}; the location quotient is {lq:.2f} {sign} {limits.strong_lq:g}.",
    )


def explain_chokepoint(
    *, criticality: float, dependence: float, barrier: float, limits: Thresholds = DEFAULT_THRESHOLDS
) -> Words:
    risk = criticality * dependence * barrier
    product = f"{criticality:.2f} × {dependence:.2f} × {barrier:.2f} = {risk:.2f}"
    sign = "≥" if risk >= limits.chokepoint - 1e-12 else "<"
    return say(
        zh=f"关键度 × 对外依存 × 替代壁垒 = {product} {sign} {limits.chokepoint:.2f}。",
        en=f"Criticality × external dependence × substitution barrier = {product} {sign} {limits.chokepoint:.2f}.",
    )


def explain_single_source(node: NodeInputs, limits: Thresholds = DEFAULT_THRESHOLDS) -> Words:
    if node.supply <= 0:
        return say(zh="本地没有产值。", en="Nothing is made locally.")
    share = node.largest / node.supply
    sign = "≥" if share >= limits.single_source - 1e-12 else "<"
    return say(
        zh=f"最大供应企业占 {percent(share)} {sign} {percent(limits.single_source)}。",
        en=f"The largest supplier holds {percent(share)} {sign} {percent(limits.single_source)}.",
    )


def explain_flip(flip: Flip) -> Words:
    becomes = VERDICT_NAMES[flip.becomes]
    if flip.input == "essential":
        return say(
            zh=f"若{'列为' if flip.at else '不再列为'}必备环节，即变为“{becomes.zh}”。",
            en=f"It becomes {becomes.en} when it is {'' if flip.at else 'no longer '}marked as essential.",
        )
    name = INPUT_NAMES[flip.input]
    now, at = _told_apart(flip)
    if flip.at == flip.now == 0:
        return say(zh=f"{name.zh}只要大于 0，即变为“{becomes.zh}”。", en=f"Any {name.en} at all makes it {becomes.en}.")
    if flip.at == flip.now:
        return say(
            zh=f"{name.zh}（{now.zh}）恰在界上，稍有变化即变为“{becomes.zh}”。",
            en=f"With {name.en} right at the limit ({now.en}), the least change makes it {becomes.en}.",
        )
    rises = flip.at > flip.now
    way = say(zh="增至" if rises else "降至", en=f"{'rises' if rises else 'falls'} from {now.en} to")
    past = say(zh="超过" if rises else "低于", en="above " if rises else "below ") if flip.beyond else say(zh="", en="")
    return say(
        zh=f"{name.zh}由 {now.zh} {way.zh}{past.zh} {at.zh}，即变为“{becomes.zh}”。",
        en=f"It becomes {becomes.en} when {name.en} {way.en} {past.en}{at.en}.",
    )


def _told_apart(flip: Flip) -> tuple[Words, Words]:
    """Both values with as few digits as show that they differ."""
    for digits in (3, 5, 8):
        now, at = (_written(flip.input, value, digits) for value in (flip.now, flip.at))
        if now.zh != at.zh and now.en != at.en:
            break
    return now, at


def _written(name: str, value: float, digits: int) -> Words:
    share = f"{value:.{digits - 1}f}"
    return say(zh=share, en=share) if name in SHARES else money(value, digits)


def money(amount: float, digits: int = 3) -> Words:
    """10k CNY in the unit that suits its size, with so many digits that matter; whole numbers are not shortened."""
    zh = f"{_short(amount / 10_000, digits)} 亿元" if abs(amount) >= 10_000 else f"{_short(amount, digits)} 万元"
    for size, name in ((100_000, " bn"), (100, " m"), (0.1, " k")):
        if abs(amount) >= size:
            return say(zh=zh, en=f"CNY {_short(amount / size, digits)}{name}")
    return say(zh=zh, en=f"CNY {_short(amount * 10_000, digits)}")


def _short(value: float, digits: int) -> str:
    decimals = 0 if value == 0 else max(0, digits - 1 - floor(log10(abs(value))))
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}".rstrip("0").rstrip(".") + " %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
