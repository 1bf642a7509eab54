"""The supply stages beside the states: what becomes of a parcel on the land market, round by round. Pure."""

from collections.abc import Mapping
from typing import Literal

from geo.words import Words

Stage = Literal["stock", "planned", "announced", "listed", "sold", "failed", "cancelled"]
Outcome = Literal["sold", "failed", "cancelled"]

STAGES: Mapping[Stage, Words] = {
    "stock": Words("储备", "in reserve"),
    "planned": Words("拟出让", "planned"),
    "announced": Words("公告", "announced"),
    "listed": Words("挂牌", "open for bids"),
    "sold": Words("成交", "sold"),
    "failed": Words("流拍", "not sold"),
    "cancelled": Words("终止", "called off"),
}
OPEN: tuple[Stage, ...] = ("announced", "listed")
OUTCOMES: tuple[Outcome, ...] = ("sold", "failed", "cancelled")

TERMS = (
    *("supply_mode", "start_price", "deposit", "price_step", "bid_start", "bid_deadline"),
    *("contact_office", "contact_phone"),
)
"""Columns of the parcel that say on what terms it is offered: in the open round they are the parcel's alone; a round that
is closed keeps its own."""
