"""What may be sent to this room. What it answers is in `investors.shapes`."""

import re
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.contacts import PHONE, SEPARATORS
from accounts.models import User
from geo.forms import StrictSerializer
from geo.words import Words
from investors.models.enquiries import State
from investors.models.people import Scale
from landparcels.requests import MatchSerializer, industry_code

MOST_PARCELS = 20
LONGEST_MESSAGE = 4000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Text(serializers.CharField):
    """One line, or several; without letters nobody sees."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:  # Any: the library's
        self.lines = lines
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:  # Any: whatever was sent
        text = super().to_internal_value(data)
        text = text.replace("\r\n", "\n")
        if CONTROL.search(text) or (not self.lines and "\n" in text):
            words = Words("含有不可见的控制字符；请去掉。", "This holds control characters; leave them out.")
            raise serializers.ValidationError(str(words))
        return text


class Phone(serializers.CharField):
    """Digits as people write them, with + in front of another country's."""

    def to_internal_value(self, data: Any) -> str:  # Any: whatever was sent
        text = super().to_internal_value(data)
        if text and not PHONE.match(SEPARATORS.sub("", text)):
            words = Words("电话号码应为 6 至 15 位数字，可带区号。", "A phone number has 6 to 15 digits.")
            raise serializers.ValidationError(str(words))
        return text


class PeopleSerializer(StrictSerializer):
    """What a person tells of themselves."""

    name = Text(max_length=80)
    industry = serializers.CharField(required=False, allow_blank=True, max_length=5, help_text="GB/T 4754")
    scale = serializers.ChoiceField(Scale.choices, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    phone = Phone(required=False, allow_blank=True, max_length=30)

    def validate_industry(self, industry: str) -> str:
        return industry_code(industry)


class RegistrationSerializer(PeopleSerializer):
    password = serializers.CharField(max_length=200, trim_whitespace=False, write_only=True)
    consent = serializers.CharField(max_length=20, help_text="Version of the text agreed to.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:  # Any: validated values
        if not attrs.get("email") and not attrs.get("phone"):
            words = Words("邮箱和手机号至少填一个。", "Give an e-mail address or a phone number.")
            raise serializers.ValidationError({"email": str(words)})
        person = User(username="", first_name=attrs["name"], email=attrs.get("email", ""))
        try:
            validate_password(attrs["password"], person)
        except ValidationError as error:
            raise serializers.ValidationError({"password": error.messages}) from None
        return attrs


class AccountChangeSerializer(PeopleSerializer):
    name = Text(max_length=80, required=False)
    wants_mail = serializers.BooleanField(required=False)


class PasswordSerializer(StrictSerializer):
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class TokenSerializer(StrictSerializer):
    token = serializers.CharField(max_length=500)


class VersionSerializer(StrictSerializer):
    version = serializers.CharField(max_length=20)


@extend_schema_field(MatchSerializer)
class Requirement(serializers.JSONField):
    """Validated by the serializer of the match, and kept as it was sent: what a code means may change."""

    def to_internal_value(self, data: Any) -> Any:  # Any: JSON
        asked = MatchSerializer(data=data, context=self.context)
        asked.is_valid(raise_exception=True)
        return data


class SavedSearchSerializer(StrictSerializer):
    name = Text(max_length=80)
    requirement = Requirement(help_text="As POST parcels/match/ takes it.")
    address = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    active = serializers.BooleanField(required=False)
    by_app = serializers.BooleanField(required=False)
    by_mail = serializers.BooleanField(required=False)
    webhook = serializers.CharField(max_length=500, required=False, allow_blank=True)


class EnquirySerializer(StrictSerializer):
    parcels = serializers.ListField(child=serializers.CharField(max_length=60), min_length=1, max_length=MOST_PARCELS)
    message = Text(lines=True, max_length=LONGEST_MESSAGE)
    person = Text(max_length=80, required=False, allow_blank=True)
    phone = Phone(required=False, allow_blank=True, max_length=30)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    consent = serializers.CharField(max_length=20, required=False, allow_blank=True)


class MessageSerializer(StrictSerializer):
    text = Text(lines=True, max_length=LONGEST_MESSAGE)


class EnquiryChangeSerializer(StrictSerializer):
    revision = serializers.IntegerField(min_value=1, help_text="Of the enquiry as it was seen.")
    state = serializers.ChoiceField(State.choices, required=False)
    owner = serializers.CharField(max_length=150, required=False, allow_blank=True, help_text="Blank: nobody.")


class ExportSerializer(StrictSerializer):
    state = serializers.ChoiceField(State.choices, required=False)
    contacts = serializers.BooleanField(default=False, help_text="In clear; each is written into the audit.")
