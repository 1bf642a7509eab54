"""Enquiries from the first question to the end: what each side may do, and who is told of it."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.notifications import notify
from geo.errors import BadParameter, Conflict, NotAllowed
from geo.locking import Labels, changed_meanwhile
from geo.models import Region
from geo.words import Words, say
from investors import consents, visitors
from investors.models import Enquiry, Message, ReadUpTo
from investors.models.enquiries import State
from investors.offices import by_office, colleagues, desk, may_handle
from landparcels.models import Parcel

LABELS: Labels = {"state": say(zh="状态", en="the state"), "owner_id": say(zh="经办人", en="who handles it")}


@transaction.atomic
def enquire(
    *, parcels: Sequence[Parcel], text: str, person: str, phone: str, email: str, by: User | None, agreed: bool
) -> list[Enquiry]:
    """One thread with each office that the parcels belong to. `by` None: a visitor, who is answered outside of this."""
    made = []
    contact = {"person": person, "phone": phone, "email": email}
    for region, group in by_office(parcels):
        enquiry = Enquiry.objects.create(user=by, region=region, **contact)
        enquiry.parcels.set(group)
        _begin(enquiry, text, by=by, agreed=agreed, zh="新的用地咨询", en="A new enquiry")
        made.append(enquiry)
    return made


@transaction.atomic
def enquire_of(
    *,
    region: Region,
    subject: Words,
    link: str,
    text: str,
    person: str,
    phone: str,
    email: str,
    by: User | None,
    agreed: bool,
) -> Enquiry:
    """One thread with the office of a region about what another room names; `link` is the path of its page."""
    about = {**subject.as_json(), "link": link}
    enquiry = Enquiry.objects.create(user=by, region=region, subject=about, person=person, phone=phone, email=email)
    _begin(enquiry, text, by=by, agreed=agreed, zh="新的咨询", en="A new enquiry")
    return enquiry


@transaction.atomic
def write(enquiry: Enquiry, text: str, *, by: User | None) -> Message:
    """An answer of the office, or more from the one who asks; either opens a closed thread again. `by` None: its visitor."""
    enquiry = locked(enquiry)
    if enquiry.erased_at is not None:
        raise Conflict(
            zh="这次咨询的个人信息已清除，不能再续写；请另提一次。",
            en="The personal data of this enquiry were erased; please ask anew.",
        )
    mine = enquiry.user_id == (by.pk if by else None)
    if by is not None and not mine:
        check_handles(by, enquiry)
    message = _add(enquiry, text, by=by, by_office=not mine)
    move(enquiry, State.WAITING if mine else State.ANSWERED)
    if not mine and enquiry.owner_id is None:
        enquiry.owner = by
        enquiry.save(update_fields=["owner"])
    if not mine and visitors.answer_mail(enquiry) is not None:
        transaction.on_commit(partial(_tell_visitor, enquiry.pk))
    if mine:
        tell_office(enquiry, zh="咨询有新消息", en="A new message in an enquiry", key=f"message-{message.pk}")
    elif enquiry.user is not None:
        notify(
            [enquiry.user],
            topic="enquiry",
            zh=f"您的咨询有了答复：{_about(enquiry).zh}",
            en=f"Your enquiry was answered: {_about(enquiry).en}",
            link=f"/inbox/{enquiry.pk}",
            key=f"message-{message.pk}",
        )
    return message


@transaction.atomic
def change(enquiry: Enquiry, *, revision: int, by: User, state: str | None = None, owner: str | None = None) -> Enquiry:
    """State and owner, on what the person saw. `owner` is a name of an account, "" for nobody."""
    enquiry = locked(enquiry)
    if enquiry.revision != revision:
        raise changed_meanwhile((enquiry, LABELS))
    handles = may_handle(by, enquiry)
    if not handles and (enquiry.user_id != by.pk or owner is not None or state != State.CLOSED):
        raise not_yours()
    if owner is not None:
        _hand_over(enquiry, owner, by=by)
    if state is not None and state != enquiry.state:
        move(enquiry, state)
        if state == State.CLOSED and handles and enquiry.user is not None:
            notify(
                [enquiry.user],
                topic="enquiry",
                zh=f"您的咨询已办结：{_about(enquiry).zh}；再发消息可重新打开。",
                en=f"Your enquiry was closed: {_about(enquiry).en}; another message opens it again.",
                link=f"/inbox/{enquiry.pk}",
                key=f"enquiry-{enquiry.pk}-closed-{enquiry.revision}",
            )
    return enquiry


def reveal(enquiry: Enquiry, *, by: User) -> dict[str, str]:
    """How to reach the person, for the office assigned; written into the audit without the contact itself."""
    check_handles(by, enquiry)
    told = contact_of(enquiry)
    shown = [name for name, value in told.items() if value]
    audit.note("reveal", Enquiry._meta.db_table, enquiry.pk, {"shown": shown}, by=by.get_username())
    return told


def export(enquiries: Iterable[Enquiry], *, by: User) -> list[Enquiry]:
    """Those of the given ones whose contacts this person takes away in a file; one entry in the audit for each."""
    taken = [enquiry for enquiry in enquiries if may_handle(by, enquiry)]
    for enquiry in taken:
        shown = [name for name, value in contact_of(enquiry).items() if value]
        audit.note("export", Enquiry._meta.db_table, enquiry.pk, {"shown": shown}, by=by.get_username())
    return taken


def contact_of(enquiry: Enquiry) -> dict[str, str]:
    return {"person": enquiry.person, "phone": enquiry.phone, "email": enquiry.email}


def read(enquiry: Enquiry, *, by: User) -> None:
    """This person has seen everything up to now."""
    last = enquiry.messages.aggregate(last=Max("pk"))["last"]
    if last is not None:
        ReadUpTo.objects.update_or_create(enquiry=enquiry, user=by, defaults={"message": last})


def locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).select_related("user", "owner", "region").get(pk=enquiry.pk)


def move(enquiry: Enquiry, state: str) -> None:
    now = timezone.now()
    enquiry.state, enquiry.moved_at = state, now
    enquiry.closed_at = now if state == State.CLOSED else None
    _save(enquiry, "state", "moved_at", "closed_at")


def check_handles(by: User, enquiry: Enquiry) -> None:
    if not may_handle(by, enquiry):
        raise not_yours()


def not_yours() -> NotAllowed:
    return NotAllowed(
        zh="这条咨询由宗地所在区域的招商或自然资源部门经办，您的账户只能查看。",
        en="The promotion or land office of the parcel's region handles this enquiry; your account may only read it.",
    )


def _tell_visitor(enquiry: int) -> None:
    from investors.tasks import tell_visitor

    tell_visitor.defer(enquiry_id=enquiry)


def tell_office(enquiry: Enquiry, *, zh: str, en: str, key: str) -> None:
    """Its owner; where it has none, the whole desk. Neither contact nor message is in what they are told."""
    people = [enquiry.owner] if enquiry.owner and enquiry.owner.is_active else desk(enquiry.region)
    about = _about(enquiry)
    notify(people, topic="inbox", zh=f"{zh}：{about.zh}", en=f"{en}: {about.en}", link=f"/inbox/{enquiry.pk}", key=key)


def _hand_over(enquiry: Enquiry, name: str, *, by: User) -> None:
    candidates = {user.get_username(): user for user in colleagues(enquiry.region) if user.pk != enquiry.user_id}
    if name and name not in candidates:
        raise BadParameter(
            "owner",
            zh=f"“{name}”不能经办这个区域的咨询。",
            en=f"{name} cannot handle enquiries of this region.",
        )
    enquiry.owner = candidates.get(name)
    _save(enquiry, "owner")
    if enquiry.owner is not None and enquiry.owner != by:
        notify(
            [enquiry.owner],
            topic="inbox",
            zh=f"{by} 把一条咨询转交给您：{_about(enquiry).zh}",
            en=f"{by} handed an enquiry over to you: {_about(enquiry).en}",
            link=f"/inbox/{enquiry.pk}",
            key=f"enquiry-{enquiry.pk}-owner-{enquiry.revision}",
        )


def _begin(enquiry: Enquiry, text: str, *, by: User | None, agreed: bool, zh: str, en: str) -> None:
    if agreed:
        consents.agree(consents.current_text(), user=by, enquiry=enquiry)
    _add(enquiry, text, by=by, by_office=False)
    tell_office(enquiry, zh=zh, en=en, key=f"enquiry-{enquiry.pk}")


def _add(enquiry: Enquiry, text: str, *, by: User | None, by_office: bool) -> Message:
    message = Message.objects.create(enquiry=enquiry, author=by, by_office=by_office, text=text)
    if by is not None:
        ReadUpTo.objects.update_or_create(enquiry=enquiry, user=by, defaults={"message": message.pk})
    return message


def _save(enquiry: Enquiry, *columns: str) -> None:
    enquiry.revision = F("revision") + 1
    enquiry.save(update_fields=[*columns, "revision"])
    enquiry.refresh_from_db(fields=["revision"])


def _about(enquiry: Enquiry) -> Words:
    """What it is about, which is public: its subject, or the land by its name or code, or the first of several."""
    if enquiry.subject:
        return Words(enquiry.subject["zh"], enquiry.subject["en"])
    names = [name or code for code, name in enquiry.parcels.order_by("code").values_list("code", "name")[:2]]
    land = "" if not names else names[0] if len(names) == 1 else f"{names[0]} …"
    return Words(land, land)
