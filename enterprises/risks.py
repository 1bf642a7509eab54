"""What in a firm's record asks for attention (风险提示): each flag is one rule over what was reported. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.words import Words, say

SHRINKING = 0.3
"""Output of the latest year this much below that of the year before."""
LEANING = 0.7
"""Share of recorded sales (or purchases) with one partner."""


@dataclass(frozen=True)
class Year:
    year: int
    output: float | None
    profit: float | None
    tax: float | None


@dataclass(frozen=True)
class Risk:
    flag: str
    words: Words


def risks(
    years: Sequence[Year], *, rating: str | None, reference: int, oldest: int, sold: Sequence[float], bought: Sequence[float]
) -> list[Risk]:  # fmt: skip
    """Flags of one firm; `years` ascend, `sold` and `bought` are known amounts by partner. What is unknown raises none,
    but for a record that breaks off.

    losses: profit below 0 in the last two years that tell it, one after the other; shrinking: output down by 30 % or more
    from one year to the next; tax_refunded: tax below 0 in the last year that tells it; silent: figures of earlier years, but no
    output in the years that count; rated_d: D in the per-mu review; one_customer, one_supplier: 70 % or more of the
    recorded sales (purchases) with one of several partners.
    """
    found: list[Risk] = []
    profits = [(row.year, row.profit) for row in years if row.profit is not None][-2:]
    if len(profits) == 2 and profits[1][0] == profits[0][0] + 1 and all(profit < 0 for _, profit in profits):
        first, last = profits[0][0], profits[1][0]
        found.append(Risk("losses", say(zh=f"{first}、{last} 连续两年亏损", en=f"Losses in {first} and {last}")))
    outputs = [(row.year, row.output) for row in years if row.output is not None][-2:]
    if len(outputs) == 2 and outputs[1][0] == outputs[0][0] + 1 and outputs[0][1] > 0:
        fall = 1 - outputs[1][1] / outputs[0][1]
        if fall >= SHRINKING - 1e-12:
            words = say(zh=f"{outputs[1][0]} 年产值下降 {fall:.0%}", en=f"Output fell by {fall:.0%} in {outputs[1][0]}")
            found.append(Risk("shrinking", words))
    taxes = [(row.year, row.tax) for row in years if row.tax is not None][-1:]
    if taxes and taxes[0][1] < 0:
        found.append(Risk("tax_refunded", say(zh=f"{taxes[0][0]} 年税收为负", en=f"Tax below zero in {taxes[0][0]}")))
    if years and not any(row.output is not None and row.year >= reference - oldest for row in years):
        words = say(zh=f"{reference - oldest} 年以来没有产值数据", en=f"No output reported since {reference - oldest}")
        found.append(Risk("silent", words))
    if rating == "D":
        found.append(Risk("rated_d", say(zh="亩均评价 D 类", en="Rated D in the per-mu review")))
    for flag, amounts, zh, en in (
        ("one_customer", sold, "销售", "sales"), ("one_supplier", bought, "采购", "purchases"),
    ):  # fmt: skip
        total = sum(amounts)
        if len(amounts) > 1 and total > 0 and max(amounts) / total >= LEANING - 1e-12:
            share = max(amounts) / total
            words = say(zh=f"有记录的{zh}中 {share:.0%} 来自一家", en=f"{share:.0%} of the recorded {en} with one firm")
            found.append(Risk(flag, words))
    return found
