"""The shape of industries and sheets; unknown is null."""

from typing import Any

from rest_framework import serializers

from enterprises.models import Enterprise
from enterprises.serializers import FirmNameSerializer, region_name
from industrymap.sheet import RESOLUTIONS, SIZES


class IndustrySerializer(serializers.Serializer[dict[str, Any]]):
    """`firms` is null with `suppressed` where a visitor may not know so small a number."""

    code = serializers.CharField()
    name = serializers.CharField()
    prefixes = serializers.ListField(child=serializers.CharField(), help_text="GB/T 4754")
    filter = serializers.CharField(help_text="For `industry=` of the list and tiles of enterprises.")
    firms = serializers.IntegerField(allow_null=True)
    suppressed = serializers.BooleanField()


class StaffIndustrySerializer(IndustrySerializer):
    """With money and jobs, which are absent for visitors."""

    output = serializers.FloatField(allow_null=True, help_text="10k CNY")
    employees = serializers.FloatField(allow_null=True)


class SheetQuerySerializer(serializers.Serializer[dict[str, Any]]):
    size = serializers.ChoiceField(choices=list(SIZES), default="output")
    resolution = serializers.ChoiceField(choices=list(RESOLUTIONS), default=8)


class TotalSerializer(serializers.Serializer[dict[str, Any]]):
    """A sum over the firms that know the figure, and how many they are."""

    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    firms = serializers.IntegerField()


class DistrictSerializer(serializers.Serializer[dict[str, Any]]):
    """One district: what the industry is there, of it, and against the city (METHODS 3)."""

    adcode = serializers.CharField()
    name = serializers.CharField()
    firms = serializers.IntegerField()
    size = serializers.FloatField(allow_null=True)
    share = serializers.FloatField(allow_null=True, help_text="0..1 of the district")
    quotient = serializers.FloatField(allow_null=True, help_text="LQ")
    specialised = serializers.BooleanField()


class LegendSerializer(serializers.Serializer[dict[str, Any]]):
    """`breaks`: lower bounds of all classes but the first, and how they were found."""

    method = serializers.ChoiceField(choices=["quantile", "fixed"])
    breaks = serializers.ListField(child=serializers.FloatField())
    unit = serializers.CharField(required=False)


class DensitySerializer(serializers.Serializer[dict[str, Any]]):
    """`values` are sums per hexagon in the unit of the size; `firms` how many stand in each."""

    resolution = serializers.IntegerField()
    cells = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.FloatField(allow_null=True))
    firms = serializers.ListField(child=serializers.IntegerField())
    suppressed = serializers.IntegerField()
    legend = LegendSerializer()


class TopFirmSerializer(serializers.ModelSerializer[Enterprise]):
    lng = serializers.FloatField(source="place.x")
    lat = serializers.FloatField(source="place.y")
    output = serializers.FloatField(allow_null=True)
    output_year = serializers.IntegerField(allow_null=True)
    region_name = serializers.SerializerMethodField()

    class Meta:
        model = Enterprise
        fields = (
            "uscc", "name", "industry", "scale", "listed", "honours", "region_name", "lng", "lat", "output", "output_year",
        )  # fmt: skip

    def get_region_name(self, firm: Enterprise) -> str | None:
        return region_name(firm)


class ConcentrationSerializer(serializers.Serializer[dict[str, Any]]):
    """HHI = Σ share² of the known sizes, over firms and over districts."""

    firms = serializers.FloatField(allow_null=True)
    districts = serializers.FloatField(allow_null=True)


class ClusterSerializer(serializers.Serializer[dict[str, Any]]):
    """Firms within 1.5 km of each other, at least five (METHODS 3); `size` is of the known ones, `leaders` the largest three."""

    firms = serializers.IntegerField()
    size = serializers.FloatField(allow_null=True)
    share = serializers.FloatField(allow_null=True, help_text="0..1 of the industry in the city")
    place = serializers.CharField(allow_null=True, help_text="The district most of its firms stand in.")
    leaders = FirmNameSerializer(many=True)
    outline = serializers.JSONField(help_text="GeoJSON polygon, CRS84")


class SheetSerializer(serializers.Serializer[dict[str, Any]]):
    """The current sheet (现状图) of one industry."""

    industry = StaffIndustrySerializer()
    size = serializers.ChoiceField(choices=list(SIZES))
    unit = serializers.CharField()
    reference_year = serializers.IntegerField(allow_null=True)
    synthetic = serializers.BooleanField(help_text="Some of it is invented, as the demo city is.")
    firms = serializers.IntegerField()
    totals = serializers.DictField(child=TotalSerializer())
    ratios = serializers.DictField(child=serializers.FloatField(allow_null=True), help_text="10k CNY per mu")
    share = serializers.FloatField(allow_null=True, help_text="0..1 of the city, by size")
    rank = serializers.IntegerField(allow_null=True, help_text="Among the industries, by size")
    concentration = ConcentrationSerializer()
    districts = serializers.ListField(child=DistrictSerializer())
    quotient_legend = LegendSerializer()
    density = DensitySerializer()
    top = serializers.ListField(child=TopFirmSerializer())
    clusters = serializers.ListField(child=ClusterSerializer())
