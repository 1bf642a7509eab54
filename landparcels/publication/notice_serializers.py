"""What is asked and answered about notices; shape only."""

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from geo.forms import StrictSerializer
from geo.locking import mark_of
from geo.words import say
from landparcels.models import Notice, Status, SupplyMode
from landparcels.publication.announcing import marked
from landparcels.publication.serializers import Shape
from landparcels.publication.stages import STAGES, TERMS

FAR = 1e7


class TermsSerializer(StrictSerializer):
    """What is named becomes the parcel's own columns."""

    supply_mode = serializers.ChoiceField(choices=SupplyMode.choices, required=False)
    start_price = serializers.FloatField(required=False, min_value=0, max_value=1700, help_text="10k CNY/mu")
    deposit = serializers.FloatField(required=False, min_value=0, max_value=FAR, help_text="10k CNY")
    price_step = serializers.FloatField(required=False, min_value=0, max_value=1e6, help_text="10k CNY")
    bid_start = serializers.DateField(required=False)
    bid_deadline = serializers.DateField(required=False)
    contact_office = serializers.CharField(required=False, max_length=120)
    contact_phone = serializers.CharField(required=False, max_length=40)


class AnnounceSerializer(TermsSerializer):
    number = serializers.CharField(max_length=80)
    url = serializers.URLField(required=False, allow_blank=True, default="", max_length=500)
    announced_on = serializers.DateField(required=False)

    def validate_announced_on(self, day: date) -> date:
        return _not_ahead(day)


class CorrectSerializer(TermsSerializer):
    """What is named replaces what the open round says; null takes a sum away."""

    number = serializers.CharField(required=False, max_length=80)
    url = serializers.URLField(required=False, allow_blank=True, max_length=500)
    deposit = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=FAR, help_text="10k CNY")
    price_step = serializers.FloatField(
        required=False, allow_null=True, min_value=0, max_value=1e6, help_text="10k CNY"
    )


class OnSerializer(StrictSerializer):
    """The day it happened, by default today."""

    on = serializers.DateField(required=False)

    def validate_on(self, day: date) -> date:
        return _not_ahead(day)


class CloseSerializer(OnSerializer):
    outcome = serializers.ChoiceField(choices=Notice.Outcome.choices)
    deal_price = serializers.FloatField(
        required=False, allow_null=True, min_value=0, max_value=FAR, help_text="10k CNY"
    )


def _not_ahead(day: date) -> date:
    if day > timezone.localdate():
        words = say(zh="不能晚于今天。", en="This lies ahead of today.")
        raise serializers.ValidationError(str(words))
    return day


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """A round; the terms are the parcel's while it is open. Wants `with_terms()` and the parcel with its region."""

    code = serializers.CharField(source="parcel.code")
    name = serializers.CharField(source="parcel.name")
    status = serializers.ChoiceField(choices=Status.choices, source="parcel.status")
    region = serializers.CharField(source="parcel.region_id", allow_null=True)
    region_name = serializers.CharField(source="parcel.region.name", allow_null=True)
    region_name_en = serializers.CharField(source="parcel.region.name_en", allow_null=True)
    land_use = serializers.CharField(source="parcel.land_use")
    lng = serializers.FloatField(source="parcel.label_point.x")
    lat = serializers.FloatField(source="parcel.label_point.y")
    synthetic = serializers.BooleanField()
    stage = serializers.ChoiceField(choices=[(one, one) for one in STAGES])
    supply_mode = serializers.ChoiceField(choices=SupplyMode.choices, allow_null=True, source="terms_supply_mode")
    start_price = serializers.FloatField(allow_null=True, source="terms_start_price")
    deposit = serializers.FloatField(allow_null=True, source="terms_deposit")
    price_step = serializers.FloatField(allow_null=True, source="terms_price_step")
    bid_start = serializers.DateField(allow_null=True, source="terms_bid_start")
    bid_deadline = serializers.DateField(allow_null=True, source="terms_bid_deadline")
    contact_office = serializers.CharField(source="terms_contact_office")
    contact_phone = serializers.CharField(source="terms_contact_phone")
    mark = serializers.SerializerMethodField(help_text="Sent back as If-Match with a correction.")

    class Meta:
        model = Notice
        fields = (
            *("id", "code", "name", "status", "region", "region_name", "region_name_en", "land_use", "lng", "lat"),
            *("synthetic", "round", "number", "url", "stage", "area_mu", "announced_on", "listed_on", "closed_on"),
            *("deal_price", *TERMS, "mark"),
        )

    def get_mark(self, notice: Notice) -> str:
        return mark_of(*marked(notice))

    def to_representation(self, notice: Notice) -> dict[str, Any]:  # Any: JSON
        """A parcel outside of all regions has no name of one."""
        shown = super().to_representation(notice)
        if notice.parcel.region is None:
            shown["region_name"] = shown["region_name_en"] = None
        return shown


class DeskRowShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    region_name = serializers.CharField(allow_null=True)
    region_name_en = serializers.CharField(allow_null=True)
    area_mu = serializers.FloatField()
    since = serializers.DateTimeField(allow_null=True)
    actor = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    mine = serializers.BooleanField(help_text="The reader may take the step that is awaited.")
    changed = serializers.ListField(
        child=serializers.CharField(), help_text="What has changed since it was submitted or approved, in words."
    )


class DeskPartShape(Shape):
    count = serializers.IntegerField()
    results = DeskRowShape(many=True)


class DeskShape(Shape):
    """What waits in the reader's region; `ending` are notices whose bidding ends within two weeks or has ended."""

    submitted = DeskPartShape()
    approved = DeskPartShape()
    sent_back = DeskPartShape()
    ending = NoticeSerializer(many=True)
