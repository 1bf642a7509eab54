"""What is told of a deal."""

from typing import Any

from rest_framework import serializers

from accounts.rights import may_see_staff_data
from landparcels.deals.models import LandDeal


class LandDealSerializer(serializers.ModelSerializer[LandDeal]):
    region_name = serializers.CharField(source="region.name")
    region_name_en = serializers.CharField(source="region.name_en")
    placed_at = serializers.CharField(source="region.level", help_text="A deal has an address in words and no point.")
    price_per_mu = serializers.FloatField(
        allow_null=True, help_text="10k CNY/mu; null where price or area is unknown or 0."
    )
    synthetic = serializers.BooleanField(source="source.synthetic", default=False)

    class Meta:
        model = LandDeal
        fields = (
            "code", "region", "region_name", "region_name_en", "placed_at", "address", "project", "holder", "land_use",
            "industry", "way", "signed_on", "area_mu", "price", "price_per_mu", "term", "grade", "far_min", "far_max",
            "handover_on", "start_by", "complete_by", "authority", "link", "synthetic",
        )  # fmt: skip

    def to_representation(self, deal: LandDeal) -> dict[str, Any]:
        told = super().to_representation(deal)
        if not may_see_staff_data(self.context["request"].user):
            del told["holder"]
        return told


class DealYearShape(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    deals = serializers.IntegerField()
    mu = serializers.FloatField(allow_null=True)
    priced = serializers.IntegerField(help_text="Deals with a price per mu.")
    low = serializers.FloatField(allow_null=True, help_text="Lower quartile, 10k CNY/mu.")
    median = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True, help_text="Upper quartile.")


class DealYearsShape(serializers.Serializer[Any]):
    years = DealYearShape(many=True)
