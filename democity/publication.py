"""How the demo's parcels came to where they stand: who took which step when, and the notices of the last 18 months.

Days are counted back from the day of the load, so that this month's counters are alive whenever the demo is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone
from numpy.random import Generator

from accounts.audit import machine_writes
from democity.randomness import stream
from landparcels.models import Notice, Parcel
from landparcels.publication.stages import TERMS
from landparcels.publication.states import Action
from landparcels.publication.taking_over import PastStep, take_over_history

OFFICER, REVIEWER = "demo-land", "demo-reviewer"
NOTICE_DAYS, BID_DAYS = 20, 12
"""A notice stands for at least twenty days before bids are taken, and bids for at least ten."""
CHECKED = ("现场核验通过（演示）", "资料齐全（演示）", "")
MENDED = ("界址点坐标与宗地图不一致（演示）", "缺土壤污染状况调查报告（演示）")


@dataclass
class Round:
    announced: date
    listed: date | None = None
    closed: date | None = None
    outcome: str = ""
    deadline: date | None = None


@dataclass
class Past:
    """Of one parcel; `published` is the day it came before the public."""

    published: date | None = None
    rounds: list[Round] = field(default_factory=list)
    steps: list[tuple[Action, date, str, str]] = field(default_factory=list)


@transaction.atomic
def remember_publication(seed: int, today: date | None = None) -> None:
    """For parcels that have no history yet: the demo may be loaded over itself."""
    rng, today = stream(seed, "publication"), today or timezone.localdate()
    rows = Parcel.objects.filter(source__synthetic=True, notices=None).only(
        "code", "status", "area_mu", "planned_listing", *TERMS
    )
    parcels = list(rows.order_by("code"))
    told = set(Parcel.objects.filter(transitions__isnull=False).values_list("pk", flat=True))
    pasts = {parcel: _past(rng, parcel.status, today) for parcel in parcels}
    new = {parcel: past for parcel, past in pasts.items() if parcel.pk not in told}
    _set_terms(new)
    take_over_history(step for parcel, past in new.items() for step in _dated(rng, parcel.code, past, today))
    with machine_writes("demo"):
        Notice.objects.bulk_create(_notices(rng, new))


def _past(rng: Generator, status: str, today: date) -> Past:
    def ago(least: int, most: int) -> date:
        return today - timedelta(days=int(rng.integers(least, most)))

    past = Past()
    if status in ("reserved", "transferred"):
        sold = ago(1, 75) if status == "reserved" else ago(30, 540)
        if rng.random() < 0.15:
            past.rounds.append(_closed(sold - timedelta(days=int(rng.integers(70, 130))), "failed"))
        past.rounds.append(_closed(sold, "sold"))
    elif status == "published":
        chance = rng.random()
        if chance < 0.10:
            past.rounds.append(_closed(ago(20, 300), "failed"))
        elif chance < 0.18:
            announced = ago(1, NOTICE_DAYS)
            past.rounds.append(Round(announced, deadline=announced + timedelta(days=NOTICE_DAYS + BID_DAYS)))
        elif chance < 0.25:
            announced = ago(NOTICE_DAYS + 1, NOTICE_DAYS + BID_DAYS + 2)
            listed = announced + timedelta(days=NOTICE_DAYS)
            past.rounds.append(Round(announced, listed, deadline=listed + timedelta(days=BID_DAYS)))
    elif status == "draft" and rng.random() < 0.12:
        back = ago(2, 20)
        past.steps = [
            ("submit", back - timedelta(days=4), OFFICER, ""),
            ("send_back", back, REVIEWER, str(rng.choice(MENDED))),
        ]
    if status in ("draft", "withdrawn"):
        return past
    if past.rounds:
        past.published = past.rounds[0].announced - timedelta(days=int(rng.integers(8, 120)))
    elif status == "published":
        past.published = ago(0, 30) if rng.random() < 0.15 else ago(30, 420)
    approved = (past.published or ago(1, 12)) - timedelta(days=int(rng.integers(1, 6)))
    submitted = approved - timedelta(days=int(rng.integers(2, 14))) if status != "submitted" else ago(1, 15)
    past.steps.append(("submit", submitted, OFFICER, ""))
    if status == "submitted":
        return past
    past.steps.append(("approve", approved, REVIEWER, str(rng.choice(CHECKED))))
    if past.published:
        past.steps.append(("publish", past.published, REVIEWER, ""))
    if status in ("reserved", "transferred"):
        sold = past.rounds[-1].closed or today
        past.steps.append(("reserve", sold, OFFICER, "成交（演示）"))
        if status == "transferred":
            past.steps.append(("transfer", min(sold + timedelta(days=int(rng.integers(8, 28))), today), OFFICER, ""))
    return past


def _closed(on: date, outcome: str) -> Round:
    """Ended two days after its deadline."""
    deadline = on - timedelta(days=2)
    listed = deadline - timedelta(days=BID_DAYS)
    return Round(listed - timedelta(days=NOTICE_DAYS), listed, on, outcome, deadline)


def _dated(rng: Generator, code: str, past: Past, today: date) -> Iterator[PastStep]:
    """In office hours; steps of one day follow each other, and none lies ahead."""
    now, zone = timezone.now(), timezone.get_default_timezone()
    for number, (action, day, actor, note) in enumerate(past.steps):
        minute = int(rng.integers(0, 55))
        at = datetime.combine(day, time(9 + number, minute), zone)
        if day >= today:
            at = min(at, now - timedelta(minutes=len(past.steps) - number))
        yield PastStep(code, action, at, actor, note)


def _set_terms(pasts: dict[Parcel, Past]) -> None:
    """The parcel's days of bidding are those of its last round; without a round its listing is planned."""
    for parcel, past in pasts.items():
        if past.rounds:
            last = past.rounds[-1]
            parcel.bid_start = last.listed or last.announced + timedelta(days=NOTICE_DAYS)
            parcel.bid_deadline = last.deadline
        elif past.published:
            parcel.bid_start = parcel.bid_deadline = None
            parcel.planned_listing = parcel.planned_listing or past.published + timedelta(days=460)
    columns = ("id", "bid_start", "bid_deadline", "planned_listing")
    with machine_writes("demo"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE landparcels_parcel AS parcel SET bid_start = told.starts, bid_deadline = told.ends, "
            "planned_listing = told.planned FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[]) "
            "AS told (id, starts, ends, planned) WHERE told.id = parcel.id",
            [[getattr(parcel, name) for parcel in pasts] for name in columns],
        )


def _notices(rng: Generator, pasts: dict[Parcel, Past]) -> Iterator[Notice]:
    """Numbered through each year, in the order of their days."""
    told = sorted(
        ((one.announced, parcel.code, at, parcel, one) for parcel, past in pasts.items() for at, one in enumerate(past.rounds, 1)),
        key=lambda row: row[:3],
    )  # fmt: skip
    counts: dict[int, int] = {}
    for announced, _, at, parcel, one in told:
        number = counts[announced.year] = counts.get(announced.year, 0) + 1
        ended = one.closed is not None
        sold = one.outcome == "sold" and parcel.start_price is not None
        terms = {name: getattr(parcel, name) for name in TERMS} if ended else {}
        if ended:
            terms |= {"bid_start": one.listed, "bid_deadline": one.deadline}
        yield Notice(
            parcel=parcel,
            round=at,
            number=f"青自然资告字〔{announced.year}〕{number} 号（演示）",
            area_mu=parcel.area_mu,
            announced_on=announced,
            listed_on=one.listed,
            closed_on=one.closed,
            outcome=one.outcome,
            deal_price=round(parcel.start_price * parcel.area_mu * rng.uniform(1, 1.25)) if sold else None,
            **terms,
        )
