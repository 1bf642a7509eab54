"""What waits for the staff of a region: to be reviewed, published, mended, closed."""

from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.rights import may_move_parcel, region_scope
from geo.models import Region
from landparcels.models import Notice, Parcel, ParcelTransition
from landparcels.publication.notices import NoticeQuerySet
from landparcels.publication.reviewed import IN_REVIEW, Change, changed_since_review
from landparcels.querysets import ParcelQuerySet

Json = dict[str, Any]  # Any: what JSON holds
MOST = 50
ENDING_DAYS = 14


def desk_of(person: User) -> Json:
    """Each part with how many there are and the first fifty, those that wait longest at the top."""
    parcels, notices = _own(person)
    return {
        "submitted": _part(parcels.filter(status="submitted"), person, "approve"),
        "approved": _part(parcels.filter(status="approved"), person, "publish"),
        "sent_back": _part(parcels.filter(status="draft"), person, "submit", after_action="send_back"),
        "ending": notices.ending_by(timezone.localdate() + timedelta(days=ENDING_DAYS)).order_by(
            "parcel__bid_deadline", "pk"
        )[:MOST],
    }


def _own(person: User) -> tuple[ParcelQuerySet, NoticeQuerySet]:
    """Of the person's region alone; public parcels of other regions wait for others."""
    parcels = Parcel.objects.visible_to(person)
    notices = shown(Notice.objects.visible_to(person))
    scope = region_scope(person)
    if scope:
        inside = Region.objects.subtree(scope)
        parcels, notices = parcels.filter(region__in=inside), notices.filter(parcel__region__in=inside)
    return parcels, notices


def shown(notices: NoticeQuerySet) -> NoticeQuerySet:
    """With what a row of notices tells."""
    heavy = ("parcel__outline", "parcel__web", "parcel__region__outline", "parcel__region__web")
    rows = notices.select_related("parcel__region").defer(*heavy).with_terms()
    return rows.annotate(synthetic=F("parcel__source__synthetic"))


def _part(rows: ParcelQuerySet, person: User, awaited: str, after_action: str = "") -> Json:
    last = ParcelTransition.objects.filter(parcel=OuterRef("pk")).order_by("-id")
    rows = rows.annotate(
        at=Subquery(last.values("at")[:1]),
        actor=Subquery(last.values("actor")[:1]),
        note=Subquery(last.values("note")[:1]),
        action=Subquery(last.values("action")[:1]),
        region_name=F("region__name"),
        region_name_en=F("region__name_en"),
    )
    if after_action:
        rows = rows.filter(Q(("action", after_action)))
    columns = ("code", "name", "region_name", "region_name_en", "area_mu", "at", "actor", "note")
    found = list(rows.order_by(F("at").asc(nulls_first=True), "code").values(*columns)[:MOST])
    changed = _changed([row["code"] for row in found])
    names = {user.username: str(user) for user in User.objects.filter(username__in={row["actor"] for row in found})}
    return {
        "count": rows.count() if len(found) == MOST else len(found),
        "results": [
            {
                **{name: row[name] for name in columns if name not in ("at", "actor")},
                "since": row["at"],
                "note": row["note"] or "",
                "actor": names.get(row["actor"], row["actor"] or ""),
                "mine": _is_mine(row, person, awaited, changed=bool(changed.get(row["code"]))),
                "changed": [str(one.words) for one in changed.get(row["code"], ())],
            }
            for row in found
        ],
    }


def _changed(codes: list[str]) -> dict[str, list[Change]]:
    """What is no longer as it was submitted or approved."""
    heavy = ("outline", "web", "source__report")
    parcels = Parcel.objects.filter(code__in=codes, status__in=IN_REVIEW).select_related("source").defer(*heavy)
    names = {parcel.pk: parcel.code for parcel in parcels}
    return {names[pk]: found for pk, found in changed_since_review(parcels).items()}


def _is_mine(row: Json, person: User, awaited: str, *, changed: bool) -> bool:
    """What was changed after its approval waits for whoever submits it again."""
    if awaited == "publish" and changed:
        return may_move_parcel(person, "submit")
    return may_move_parcel(person, awaited) and (awaited != "approve" or row["actor"] != person.get_username())
