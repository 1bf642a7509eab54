"""The counters of a 标准地 site: area announced, lots sold and parcels new in each month, in all and by district."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.rights import Person
from geo.filters import subtree_of
from geo.models import Region
from landparcels.models import Notice, Parcel, ParcelTransition
from landparcels.querysets import PUBLIC_STATUSES

Json = dict[str, Any]  # Any: what JSON holds
MONTHS = 24
COUNTERS = ("announced", "announced_mu", "sold", "sold_mu", "deal_price", "failed", "added", "added_mu")
"""Numbers of notices, of rounds closed as sold or not, of parcels published; areas in mu, prices in 10k CNY."""


def counters(person: Person, region: str | None = None, *, today: date | None = None) -> Json:
    """Of what this person may see: the last 24 months, and each district's share of them and of this month."""
    today = today or timezone.localdate()
    months = _months(today)
    cells = _counted(person, region, since=months[0])
    homes = _districts(region)
    by_month: dict[date, Json] = {month: _nothing() for month in months}
    by_region: dict[str, dict[str, Json]] = defaultdict(lambda: {"all": _nothing(), "month": _nothing()})
    for month, where, name, amount in cells:
        if month not in by_month:  # dated ahead
            continue
        by_month[month][name] += amount
        district = homes.get(where or "")
        if district:
            by_region[district.adcode]["all"][name] += amount
            if month == months[-1]:
                by_region[district.adcode]["month"][name] += amount
    named = {one.adcode: one for one in homes.values()}
    return {
        "months": [{"month": f"{month:%Y-%m}", **found} for month, found in by_month.items()],
        "this_month": by_month[months[-1]],
        "by_region": [
            {
                "region": adcode,
                "name": named[adcode].name,
                "name_en": named[adcode].name_en or None,
                "this_month": found["month"],
                **found["all"],
            }
            for adcode, found in sorted(by_region.items(), key=lambda one: -one[1]["all"]["announced_mu"])
        ],
    }


def _counted(person: Person, region: str | None, since: date) -> Iterable[tuple[date, str | None, str, float]]:
    """Month, region of the parcel, name of the counter, amount."""
    notices = Notice.objects.visible_to(person)
    public = Parcel.objects.visible_to(person).filter(status__in=PUBLIC_STATUSES)
    if region:
        inside = subtree_of(region)
        notices, public = notices.filter(parcel__region__in=inside), public.filter(region__in=inside)
    announced = notices.filter(announced_on__gte=since)
    yield from _rows(announced.annotate(month=TruncMonth("announced_on")), "announced", "announced_mu", "area_mu")
    closed = notices.filter(closed_on__gte=since).annotate(month=TruncMonth("closed_on"))
    sold = closed.filter(outcome="sold")
    yield from _rows(sold, "sold", "sold_mu", "area_mu")
    yield from _rows(sold, "", "deal_price", "deal_price")
    yield from _rows(closed.filter(outcome="failed"), "failed", "", "area_mu")
    start = datetime.combine(since, time.min, timezone.get_default_timezone())
    steps = ParcelTransition.objects.filter(after="published", at__gte=start, parcel__in=public)
    new = steps.exclude(before__in=PUBLIC_STATUSES).annotate(month=TruncMonth("at"))
    yield from _rows(new, "added", "added_mu", "parcel__area_mu")


def _rows(rows: QuerySet[Any], count: str, total: str, area: str) -> Iterable[tuple[date, str | None, str, float]]:
    grouped = rows.order_by().values("month", where=F("parcel__region")).annotate(n=Count("pk"), sum=Sum(area))
    for row in grouped:
        month = row["month"].date() if isinstance(row["month"], datetime) else row["month"]
        if count:
            yield month, row["where"], count, row["n"]
        if total:
            yield month, row["where"], total, row["sum"] or 0


def _months(today: date) -> list[date]:
    """Firsts of the last months, this one at the end."""
    last = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - MONTHS + 1, last + 1)]


def _districts(region: str | None) -> dict[str, Region]:
    """By adcode the region directly below the one asked for, or below a root, in which another lies."""
    regions = {one.adcode: one for one in Region.objects.defer("outline", "web")}
    tops = {region} if region else {adcode for adcode, one in regions.items() if one.is_root}
    homes = {}
    for adcode, one in regions.items():
        way = one.path.strip("/").split("/")
        at = next((place for place, step in enumerate(way) if step in tops), None)
        if at is not None:
            homes[adcode] = regions[way[min(at + 1, len(way) - 1)]]
    return homes


def _nothing() -> Json:
    return dict.fromkeys(COUNTERS, 0)
