"""The shape of what this room answers."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.contacts import mask_email, mask_person, mask_phone
from accounts.rights import Person
from geo.locking import Labels, mark_of
from geo.words import say
from investors.masking import masked_within
from investors.models import Delivery, Enquiry, Message, SavedSearch
from investors.models.enquiries import State
from investors.offices import may_handle
from investors.visitors import token_of
from landparcels.models import Parcel

EXCERPT = 90


class ConsentTextShape(serializers.Serializer[Any]):
    version = serializers.CharField()
    valid_from = serializers.DateField()
    text = serializers.SerializerMethodField(help_text="In the language of the request.")

    def get_text(self, text: Any) -> str:  # Any: a row of ConsentText
        return str(say(zh=text.zh, en=text.en))


class RegistrationShape(serializers.Serializer[Any]):
    open = serializers.BooleanField()
    consent = ConsentTextShape()


class GivenConsentShape(serializers.Serializer[Any]):
    version = serializers.CharField(source="text.version")
    given = serializers.BooleanField()
    at = serializers.DateTimeField()


class AccountShape(serializers.Serializer[Any]):
    """One's own data, in clear."""

    username = serializers.CharField()
    role = serializers.CharField()
    name = serializers.CharField(source="display_name")
    industry = serializers.SerializerMethodField()
    scale = serializers.SerializerMethodField()
    email = serializers.CharField()
    phone = serializers.CharField()
    email_confirmed = serializers.SerializerMethodField()
    wants_mail = serializers.BooleanField()
    joined = serializers.DateTimeField(source="date_joined")
    consents = serializers.SerializerMethodField()
    consent_due = serializers.SerializerMethodField(help_text="There is a newer text to agree to.")
    mails = serializers.SerializerMethodField(help_text="Whether there is a mail server.")
    webhooks = serializers.SerializerMethodField(help_text="Whether saved searches may call addresses.")
    kept_days = serializers.SerializerMethodField(help_text="Days without use until an account is erased.")

    def get_industry(self, user: Any) -> str:  # Any: an account
        return user.investor.industry if hasattr(user, "investor") else ""

    def get_scale(self, user: Any) -> str:
        return user.investor.scale if hasattr(user, "investor") else ""

    def get_email_confirmed(self, user: Any) -> bool:
        return user.email_confirmed_at is not None

    @extend_schema_field(GivenConsentShape(many=True))
    def get_consents(self, user: Any) -> list[dict[str, Any]]:
        rows = user.consents.select_related("text").order_by("-pk")[:20]
        return list(GivenConsentShape(rows, many=True).data)

    def get_consent_due(self, user: Any) -> bool:
        from investors.consents import has_agreed

        return user.role == "investor" and not has_agreed(user)

    def get_mails(self, user: Any) -> bool:
        return bool(settings.MAILS)

    def get_webhooks(self, user: Any) -> bool:
        return bool(settings.WEBHOOKS != "off")

    def get_kept_days(self, user: Any) -> int:
        return int(settings.CONTACT_DAYS)


SEARCH_LABELS: Labels = {
    "name": say(zh="名称", en="the name"),
    "requirement": say(zh="条件", en="the requirement"),
    "active": say(zh="是否启用", en="whether it is on"),
    "by_app": say(zh="系统内通知", en="notices here"),
    "by_mail": say(zh="邮件通知", en="notices by mail"),
    "webhook": say(zh="回调地址", en="the webhook"),
}


class SavedSearchShape(serializers.ModelSerializer[SavedSearch]):
    meets = serializers.SerializerMethodField(help_text="How many parcels meet it now.")
    told = serializers.IntegerField(source="hits.count", help_text="Parcels its owner was told of.")
    secret = serializers.CharField(help_text="Signs what the webhook is sent; blank without one.")
    mark = serializers.SerializerMethodField(help_text="Sent back as If-Match with a change.")

    class Meta:
        model = SavedSearch
        fields = (
            *("id", "name", "requirement", "address", "active", "by_app", "by_mail", "webhook", "secret"),
            *("meets", "told", "created_at", "looked_at", "mark"),
        )

    def get_mark(self, search: SavedSearch) -> str:
        return mark_of((search, SEARCH_LABELS))

    def get_meets(self, search: SavedSearch) -> int:
        return len(search.meets)


class DeliveryShape(serializers.ModelSerializer[Delivery]):
    state = serializers.ChoiceField([(state.value, state.value) for state in Delivery.State])

    class Meta:
        model = Delivery
        fields = ("id", "state", "attempts", "status", "problem", "created_at", "tried_at", "body")


class ContactShape(serializers.Serializer[Any]):
    person = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()


class EnquiryRowShape(serializers.ModelSerializer[Enquiry]):
    """A thread in a list. `asker` is masked for everyone but the one who asks."""

    parcels = serializers.SerializerMethodField()
    parcel_names = serializers.SerializerMethodField(
        help_text="In the order of `parcels`; its code where one has no name."
    )
    subject = serializers.SerializerMethodField(help_text="What it is about where no parcels are; else blank.")
    link = serializers.SerializerMethodField(help_text="Path of that subject's page; else blank.")
    region = serializers.CharField(source="region_id", allow_null=True)
    region_name = serializers.SerializerMethodField()
    state = serializers.ChoiceField(State.choices)
    owner = serializers.CharField(source="owner.username", default=None, allow_null=True)
    owner_name = serializers.SerializerMethodField()
    asker = serializers.SerializerMethodField()
    mine = serializers.SerializerMethodField(help_text="Asked by this person.")
    visitor = serializers.SerializerMethodField(help_text="Asked without an account: answered by phone or mail.")
    excerpt = serializers.SerializerMethodField()
    unread = serializers.BooleanField()

    class Meta:
        model = Enquiry
        fields: tuple[str, ...] = (
            *(
                "id",
                "parcels",
                "parcel_names",
                "subject",
                "link",
                "region",
                "region_name",
                "state",
                "owner",
                "owner_name",
                "asker",
            ),
            *("mine", "visitor", "excerpt", "unread", "created_at", "moved_at", "closed_at", "erased_at", "revision"),
        )

    @property
    def person(self) -> Person:
        person: Person = self.context["person"]
        return person

    def get_parcels(self, enquiry: Enquiry) -> list[str]:
        return [parcel.code for parcel in parcels_of(enquiry)]

    def get_parcel_names(self, enquiry: Enquiry) -> list[str]:
        return [parcel.name or parcel.code for parcel in parcels_of(enquiry)]

    def get_subject(self, enquiry: Enquiry) -> str:
        return subject_of(enquiry)

    def get_link(self, enquiry: Enquiry) -> str:
        return link_of(enquiry)

    def get_region_name(self, enquiry: Enquiry) -> str:
        region = enquiry.region
        return str(say(zh=region.name, en=region.name_en or region.name)) if region else ""

    def get_owner_name(self, enquiry: Enquiry) -> str:
        return str(enquiry.owner) if enquiry.owner else ""

    def get_asker(self, enquiry: Enquiry) -> str:
        return enquiry.person if enquiry.user_id == self.person.pk else mask_person(enquiry.person)

    def get_mine(self, enquiry: Enquiry) -> bool:
        return enquiry.user_id == self.person.pk

    def get_visitor(self, enquiry: Enquiry) -> bool:
        return enquiry.user_id is None

    def get_excerpt(self, enquiry: Enquiry) -> str:
        first = next(iter(enquiry.messages.all()), None)
        if first is None:
            return ""
        text = readable(first, enquiry, self.person).replace("\n", " ")
        return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"


class MessageShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    by_office = serializers.BooleanField()
    author = serializers.CharField()
    mine = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class ColleagueShape(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()


class EnquiryShape(EnquiryRowShape):
    """A thread. The contact is masked for all but the one who gave it; the office assigned may have it shown."""

    contact = serializers.SerializerMethodField()
    messages = serializers.SerializerMethodField()
    may_handle = serializers.SerializerMethodField()
    colleagues = ColleagueShape(many=True, help_text="Who may take it over; for the office assigned.")

    class Meta(EnquiryRowShape.Meta):
        fields = (*EnquiryRowShape.Meta.fields, "contact", "messages", "may_handle", "colleagues")

    @extend_schema_field(ContactShape)
    def get_contact(self, enquiry: Enquiry) -> dict[str, str]:
        if enquiry.user_id == self.person.pk:
            return {"person": enquiry.person, "phone": enquiry.phone, "email": enquiry.email}
        return masked(enquiry)

    @extend_schema_field(MessageShape(many=True))
    def get_messages(self, enquiry: Enquiry) -> list[dict[str, Any]]:
        return [
            {
                "id": message.pk,
                "by_office": message.by_office,
                "author": str(message.author) if message.by_office and message.author else self.get_asker(enquiry),
                "mine": message.author_id is not None and message.author_id == self.person.pk,
                "text": readable(message, enquiry, self.person),
                "at": message.at,
            }
            for message in enquiry.messages.all()
        ]

    def get_may_handle(self, enquiry: Enquiry) -> bool:
        return may_handle(self.person, enquiry)


def masked(enquiry: Enquiry) -> dict[str, str]:
    return {
        "person": mask_person(enquiry.person),
        "phone": mask_phone(enquiry.phone),
        "email": mask_email(enquiry.email),
    }


def readable(message: Message, enquiry: Enquiry, person: Person) -> str:
    """Numbers and addresses that people write into a message are for the two sides alone."""
    text = str(message.text)
    return text if enquiry.user_id == person.pk or may_handle(person, enquiry) else masked_within(text)


def parcels_of(enquiry: Enquiry) -> list[Parcel]:
    return sorted(enquiry.parcels.all(), key=lambda parcel: parcel.code)


def subject_of(enquiry: Enquiry) -> str:
    told = enquiry.subject
    return str(say(zh=told["zh"], en=told["en"])) if told else ""


def link_of(enquiry: Enquiry) -> str:
    return str(enquiry.subject["link"]) if enquiry.subject else ""


class AskedShape(EnquiryRowShape):
    """`token`: for a visitor alone, what the link to the thread holds; it is told this once."""

    token = serializers.SerializerMethodField()

    class Meta(EnquiryRowShape.Meta):
        fields = (*EnquiryRowShape.Meta.fields, "token")

    def get_token(self, enquiry: Enquiry) -> str:
        return token_of(enquiry) if enquiry.user_id is None else ""


class CreatedShape(serializers.Serializer[Any]):
    results = AskedShape(many=True)
