"""What a referral takes and tells."""

import re
from typing import Any

from rest_framework import serializers

from geo.forms import StrictSerializer
from geo.words import Words
from landparcels.referrals.models import Referral
from landparcels.requests import MatchSerializer

LONGEST_NOTE = 2000


class ReferSerializer(StrictSerializer):
    from_region = serializers.CharField(max_length=12)
    to_region = serializers.CharField(max_length=12)
    requirement = serializers.JSONField(help_text="What parcels/match/ was asked.")
    link = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, default="", allow_blank=True)

    def validate_requirement(self, requirement: Any) -> Any:  # Any: whatever was sent
        """Kept as it was sent, once it is one that the match would take."""
        MatchSerializer(data=requirement, context=self.context).is_valid(raise_exception=True)
        return requirement

    def validate_link(self, link: str) -> str:
        if link and not re.fullmatch(r"/land(\?[!-~]*)?", link):
            words = Words(
                "link 应为选地页的地址，如 /land?mu=50。", "link is an address of the land page, like /land?mu=50."
            )
            raise serializers.ValidationError(str(words))
        return link


class ReferralAnswerSerializer(StrictSerializer):
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, default="", allow_blank=True)


class ReferralSerializer(serializers.ModelSerializer[Referral]):
    from_name = serializers.CharField(source="from_region.name")
    from_name_en = serializers.CharField(source="from_region.name_en")
    to_name = serializers.CharField(source="to_region.name")
    to_name_en = serializers.CharField(source="to_region.name_en")
    made_by = serializers.CharField(source="made_by.username")
    answered_by = serializers.CharField(source="answered_by.username", allow_null=True, default=None)
    requirement = serializers.JSONField()

    class Meta:
        model = Referral
        fields = (
            *("id", "from_region", "from_name", "from_name_en", "to_region", "to_name", "to_name_en"),
            *("requirement", "link", "note", "state", "made_by", "made_at", "answer", "answered_by", "answered_at"),
        )
