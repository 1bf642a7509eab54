"""Who is told of a step: those whose turn it is now, and the officer whose parcel was judged."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Role, User
from accounts.notifications import notify
from landparcels.models import Parcel, ParcelTransition
from landparcels.publication.states import STATE_WORDS

TOPIC = "publication"


def tell_whose_turn_it_is(
    *, parcel: Parcel, transition: ParcelTransition, actor: User | None, after: str, **_: object
) -> None:
    """After a step that somebody took; a load tells nobody."""
    if actor is None or transition.action == "import":
        return
    name = parcel.name or parcel.code
    link, key = f"/land/{parcel.code}", f"parcel-{transition.pk}"
    if after == "submitted":
        notify(
            _reviewers(parcel, actor), topic=TOPIC, link=link, key=key,
            zh=f"待审核：{name}", en=f"To be reviewed: {name}",
        )  # fmt: skip
    elif transition.action in ("approve", "send_back", "publish", "withdraw"):
        words, note = STATE_WORDS[after], f"：{transition.note}" if transition.note else ""
        note_en = f": {transition.note}" if transition.note else ""
        notify(
            _submitters(parcel, actor), topic=TOPIC, link=link, key=key,
            zh=f"{name} {words.zh}{note}", en=f"{name} is {words.en}{note_en}",
        )  # fmt: skip


def _reviewers(parcel: Parcel, actor: User) -> Iterable[User]:
    above = parcel.region.path.strip("/").split("/") if parcel.region else []
    people = User.objects.filter(role=Role.REVIEWER, is_active=True)
    return people.filter(Q(region_code="") | Q(region_code__in=above)).exclude(pk=actor.pk)


def _submitters(parcel: Parcel, actor: User) -> Iterable[User]:
    """Whoever submitted it last."""
    last = ParcelTransition.objects.of(parcel.pk).filter(action="submit").first()
    return User.objects.filter(username=last.actor, is_active=True).exclude(pk=actor.pk) if last else []
