"""Rounds of a parcel on the land market: announced, opened for bids, closed as sold or not, announced again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from geo.errors import BadParameter, Conflict, NotThere
from geo.locking import Labels, Part, check_fresh
from geo.words import say
from landparcels.models import Notice, Parcel
from landparcels.publication.services import check_right, locked, take
from landparcels.publication.stages import STAGES, TERMS, Outcome
from landparcels.publication.states import STATE_WORDS
from landparcels.querysets import ON_OFFER

Terms = dict[str, Any]  # Any: values of the parcel's columns
OF_NOTICE: Labels = {"number": say(zh="公告号", en="the number"), "url": say(zh="公告链接", en="the link")}
OF_TERMS: Labels = {
    "supply_mode": say(zh="供应方式", en="the mode of supply"),
    "start_price": say(zh="起始价", en="the starting price"),
    "deposit": say(zh="竞买保证金", en="the deposit"),
    "price_step": say(zh="加价幅度", en="the price step"),
    "bid_start": say(zh="报价开始", en="the start of bidding"),
    "bid_deadline": say(zh="报价截止", en="the deadline"),
    "contact_office": say(zh="承办部门", en="the office"),
    "contact_phone": say(zh="电话", en="the telephone"),
}


def marked(notice: Notice) -> tuple[Part, ...]:
    """What a correction may change: while the round is open its terms are the parcel's."""
    return ((notice, OF_NOTICE), (notice.parcel, OF_TERMS))


@transaction.atomic
def announce(
    *, code: str, by: User, number: str, url: str = "", announced_on: date | None = None, terms: Terms | None = None
) -> Notice:
    """Offer a published parcel under a notice: the first round, or the next after one that is closed.

    `terms` become the parcel's columns; what is not named stays as it is.
    """
    parcel = locked(code, by)
    check_right(parcel, "announce", by)
    if parcel.status != ON_OFFER:
        now = STATE_WORDS[parcel.status]
        raise Conflict(
            zh=f"宗地 {code} 现为“{now.zh}”；只有已发布的宗地可以公告。",
            en=f"Parcel {code} is {now.en}; only a published parcel can be announced.",
        )
    if (running := parcel.notices.open().first()) is not None:
        raise Conflict(
            zh=f"宗地 {code} 已在公告 {running.number} 中（第 {running.round} 次）；须先成交、流拍或终止。",
            en=f"Parcel {code} is on offer under notice {running.number} (round {running.round}); close that first.",
        )
    _set_terms(parcel, terms or {})
    last = parcel.notices.aggregate(last=Max("round"))["last"] or 0
    return Notice.objects.create(
        parcel=parcel,
        round=last + 1,
        number=number,
        url=url,
        area_mu=parcel.area_mu,
        announced_on=announced_on or timezone.localdate(),
    )


@transaction.atomic
def correct(*, notice: int, by: User, given: Mapping[str, Any], seen: str | None) -> Notice:
    """更正: what an open round says, without closing it; `seen` is the mark of what the person saw. Both rows are audited."""
    found = _locked(notice, by)
    if not found.is_open:
        now = STAGES[found.stage]
        raise Conflict(
            zh=f"公告 {found.number} 已{now.zh}，不能再修改。",
            en=f"Notice {found.number} is over ({now.en}) and can no longer be corrected.",
        )
    check_fresh(seen, *marked(found))
    own = {name: value for name, value in given.items() if name not in TERMS}
    _set_terms(found.parcel, {name: value for name, value in given.items() if name in TERMS})
    for name, value in own.items():
        setattr(found, name, value)
    if own:
        found.save(update_fields=list(own))
    return found


@transaction.atomic
def list_for_bids(*, notice: int, by: User, on: date | None = None) -> Notice:
    """挂牌: from this day bids are taken."""
    found = _locked(notice, by)
    if found.stage != "announced":
        raise _out_of_turn(found, "announced")
    found.listed_on = on or timezone.localdate()
    _in_order(found.announced_on, found.listed_on)
    found.save(update_fields=["listed_on"])
    return found


@transaction.atomic
def close(
    *, notice: int, by: User, outcome: Outcome, on: date | None = None, deal_price: float | None = None,
    at: datetime | None = None,
) -> Notice:  # fmt: skip
    """End the round; what is sold is reserved for its buyer at the same time. Only bids can lead to 成交 or 流拍."""
    found = _locked(notice, by)
    if not found.is_open or (outcome != "cancelled" and found.stage != "listed"):
        raise _out_of_turn(found, "listed")
    day = on or timezone.localdate()
    _in_order(found.listed_on or found.announced_on, day)
    end_round(found, outcome, on=day, deal_price=deal_price)
    if outcome == "sold" and found.parcel.status == ON_OFFER:
        take(found.parcel, "reserve", by=by, note=f"成交 {found.number}", at=at)
    return found


def end_round(notice: Notice, outcome: Outcome, *, on: date, deal_price: float | None = None) -> None:
    """Under a lock of the parcel: from here on the round keeps the terms it ended with."""
    for name in TERMS:
        setattr(notice, name, getattr(notice.parcel, name))
    notice.outcome, notice.closed_on, notice.deal_price = outcome, on, deal_price if outcome == "sold" else None
    notice.save(update_fields=["outcome", "closed_on", "deal_price", *TERMS])
    notice.refresh_from_db(fields=["stage"])


def _locked(pk: int, by: User) -> Notice:
    """The parcel's row is locked first, as by every step."""
    code = Notice.objects.visible_to(by).filter(pk=pk).values_list("parcel__code", flat=True).first()
    if code is None:
        raise NotThere(zh=f"没有编号为 {pk} 的公告。", en=f"There is no notice {pk}.")
    parcel = locked(code, by)
    check_right(parcel, "announce", by)
    notice: Notice = parcel.notices.get(pk=pk)
    notice.parcel = parcel
    return notice


def _set_terms(parcel: Parcel, terms: Terms) -> None:
    for name, value in terms.items():
        setattr(parcel, name, value)
    for name in ("bid_start", "bid_deadline"):
        if getattr(parcel, name) is None:
            raise BadParameter(
                name, zh="公告须有报价开始和截止日期。", en="A notice says when bidding starts and ends."
            )
    if parcel.bid_deadline < parcel.bid_start:  # type: ignore[operator]  # both are there
        raise BadParameter("bid_deadline", zh="报价截止早于开始。", en="Bidding ends before it starts.")
    if terms:
        parcel.save(update_fields=list(terms))


def _in_order(earlier: date, later: date) -> None:
    if later < earlier:
        raise BadParameter(
            "on", zh=f"日期早于上一阶段（{earlier}）。", en=f"The day lies before the stage before it ({earlier})."
        )


def _out_of_turn(notice: Notice, wanted: str) -> Conflict:
    now, needed = STAGES[notice.stage], STAGES[wanted]  # type: ignore[index]  # stages of a notice are words of the table
    return Conflict(
        zh=f"公告 {notice.number} 现为“{now.zh}”，须为“{needed.zh}”；未做任何更改。",
        en=f"Notice {notice.number} is {now.en}; it has to be {needed.en}. Nothing was changed.",
    )
