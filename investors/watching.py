"""After parcels changed: which saved searches have something new, and their owners are told."""

import json
from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.audit import machine_writes
from accounts.notifications import notify
from geo.versions import stamp
from investors.models import Delivery, Hit, SavedSearch, SearchProgress
from investors.searching import Judge, newly_met
from landparcels.models import Parcel
from landparcels.on_offer import VERSION, offer, touched_since
from landparcels.reading import read_offer

NAMED = 3
"""Parcels that a message names; the rest are counted."""
MOST_SENT = 100
TASK = "investors.look_at_searches"


def look_soon(**_: object) -> None:
    """Have the worker look; once is enough while it has not begun."""
    if not ProcrastinateJob.objects.filter(task_name=TASK, status="todo", scheduled_at=None).exists():
        app.configure_task(TASK).defer(timestamp=0)


@transaction.atomic
def look() -> int:
    """Hold every active search against the parcels changed since the last look; answers how many had something new."""
    progress, _ = SearchProgress.objects.select_for_update().get_or_create(pk=1)
    (now,) = stamp(VERSION)
    touched = touched_since(progress.stamp)
    progress.stamp = now
    progress.save()
    searches = SavedSearch.objects.filter(active=True, user__is_active=True).select_related("user")
    if touched == set() or not searches.exists():
        return 0
    judge = Judge(read_offer(touched))
    judged = None if touched is None else sorted(touched)
    told = 0
    for search in searches.iterator():
        met, fresh = newly_met(search.meets, judged, judge.ids(search.requirement, search.user))
        if met != search.meets:
            with machine_writes("searches"):
                SavedSearch.objects.filter(pk=search.pk).update(meets=met, looked_at=timezone.now())
        told += bool(fresh) and tell(search, fresh, now)
    return told


def remember(search: SavedSearch) -> None:
    """What meets a new or changed search already is no news: its owner sees it on the Land page."""
    on_offer = offer.get()
    search.meets = sorted(on_offer.ids[Judge(on_offer).meeting(search.requirement, search.user)].tolist())
    search.looked_at = timezone.now()


def tell(search: SavedSearch, fresh: Sequence[int], occasion: int) -> bool:
    """One message for all that is new; a parcel is told of once, also when it comes back."""
    known = set(Hit.objects.filter(search=search, parcel__in=fresh).values_list("parcel", flat=True))
    news = [pk for pk in fresh if pk not in known]
    if not news:
        return False
    Hit.objects.bulk_create([Hit(search=search, parcel_id=pk) for pk in news], ignore_conflicts=True)
    parcels = list(
        Parcel.objects.filter(pk__in=news).order_by("code").with_names().only("code", "name", "area_mu")[:MOST_SENT]
    )
    zh, en = worded(search.name, parcels, len(news))
    one = parcels[0].code if len(news) == 1 else ""
    link = f"/land/{quote(one)}" if one else "/land"
    address = f"?{search.address}" if search.address and len(search.address) < 250 else ""
    if search.by_app or search.by_mail:
        notify(
            [search.user],
            topic="search",
            zh=zh,
            en=en,
            link=f"{link}{address}",
            key=f"search-{search.pk}-{one or occasion}",
            in_app=search.by_app,
            by_mail=search.by_mail,
        )
    if search.webhook and settings.WEBHOOKS != "off":
        send(search, body_of(search, parcels, len(news)))
    return True


def worded(name: str, parcels: Sequence[Parcel], total: int) -> tuple[str, str]:
    """Chinese and English; of many parcels the first few by name."""
    shown = [f"{parcel.name or parcel.code}（{parcel.area_mu:.1f} 亩）" for parcel in parcels[:NAMED]]
    shown_en = [f"{parcel.name or parcel.code} ({parcel.area_mu:.1f} mu)" for parcel in parcels[:NAMED]]
    if total == 1:
        return f"“{name}”有新宗地：{shown[0]}", f"A new parcel for “{name}”: {shown_en[0]}"
    more, more_en = ("等", ", …") if total > NAMED else ("", "")
    return (
        f"“{name}”有 {total} 宗新宗地：{'、'.join(shown)}{more}",
        f"{total} new parcels for “{name}”: {', '.join(shown_en)}{more_en}",
    )


def body_of(search: SavedSearch, parcels: Sequence[Parcel], total: int) -> str:
    """What an address is sent; as it is signed, it is kept letter by letter."""
    rows = [
        {
            "code": parcel.code,
            "name": parcel.name,
            "region": parcel.region_name,  # type: ignore[attr-defined]  # annotated by with_names()
            "area_mu": round(parcel.area_mu, 2),
            "link": f"{settings.SITE_ADDRESS}/land/{quote(parcel.code)}",
        }
        for parcel in parcels
    ]
    return json.dumps(
        {
            "event": "parcels.matched",
            "at": timezone.now().isoformat(timespec="seconds"),
            "search": {"id": search.pk, "name": search.name},
            "total": total,
            "parcels": rows,
        },
        ensure_ascii=False,
    )


def send(search: SavedSearch, body: str) -> Delivery:
    """Queued for the worker once this is committed."""
    from investors.tasks import deliver

    delivery = Delivery.objects.create(search=search, body=body)
    transaction.on_commit(partial(deliver.defer, delivery_id=str(delivery.pk)))
    return delivery
