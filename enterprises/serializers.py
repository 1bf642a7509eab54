"""The shape of answers about firms; money and jobs are absent for those who may not see them."""

from typing import Any

from django.db.models import F
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.rights import may_see_staff_data
from enterprises.figures import OLDEST_YEARS, ratios
from enterprises.models import FIGURES, Enterprise, EnterpriseYear
from enterprises.potential_answers import PotentialSerializer, potential_of
from enterprises.risks import Year, risks
from enterprises.selectors import reference_year
from enterprises.standing import StandingSerializer, standing
from enterprises.ties import TiesSerializer, amounts_of, ties_of
from geo.industries import industry_words
from geo.models import Source
from geo.serializers import StaffFieldsSerializer
from geo.words import Words


def region_name(firm: Enterprise) -> str | None:
    """In the reader's language; None for a firm in no region."""
    region = firm.region
    return None if region is None else str(Words(region.name, region.name_en or region.name))


class EnterpriseSerializer(StaffFieldsSerializer):
    """One row of the list; the queryset carries `output` and `output_year` for staff (selectors.with_output)."""

    staff_fields: tuple[str, ...] = ("land_mu", "output", "output_year")
    lng = serializers.FloatField(source="place.x", default=None)
    lat = serializers.FloatField(source="place.y", default=None)
    output = serializers.FloatField(allow_null=True, help_text="10k CNY, of output_year")
    output_year = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Enterprise
        fields: tuple[str, ...] = (
            "uscc", "name", "industry", "founded", "scale", "listed", "honours", "rating", "rating_year", "hq_region",
            "region", "in_city", "lng", "lat", "land_mu", "output", "output_year",
        )  # fmt: skip


class FirmNameSerializer(serializers.ModelSerializer[Enterprise]):
    class Meta:
        model = Enterprise
        fields = ("uscc", "name")


class FirmSourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ("name", "owner", "as_of", "loaded_at", "synthetic")


class YearSerializer(serializers.ModelSerializer[EnterpriseYear]):
    class Meta:
        model = EnterpriseYear
        fields = ("year", *FIGURES)


class RiskSerializer(serializers.Serializer[dict[str, str]]):
    flag = serializers.CharField()
    words = serializers.CharField()


class SubsidiarySerializer(FirmNameSerializer):
    """衍生企业: a firm that this one brought forth, with the year it was founded in."""

    founded = serializers.DateField(allow_null=True)

    class Meta(FirmNameSerializer.Meta):
        fields = ("uscc", "name", "founded", "in_city")  # type: ignore[assignment]


class PortraitSerializer(EnterpriseSerializer):
    """A firm with all that is known of it: `years` from old to new, `ratios` of the year whose output counts."""

    staff_fields = (*EnterpriseSerializer.staff_fields, "years", "ratios", "potential", "standing", "risks", "ties")
    region_name = serializers.SerializerMethodField()
    industry_name = serializers.SerializerMethodField(help_text="The division of GB/T 4754 in words.")
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]  # serializers have a `parent` of their own
    subsidiaries = serializers.SerializerMethodField()
    source = FirmSourceSerializer(allow_null=True)  # type: ignore[assignment]  # and a `source`
    years = serializers.SerializerMethodField()
    ratios = serializers.SerializerMethodField()
    potential = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    risks = serializers.SerializerMethodField()
    ties = serializers.SerializerMethodField()

    class Meta(EnterpriseSerializer.Meta):
        fields = (
            *EnterpriseSerializer.Meta.fields,
            "uscc_checked", "services", "region_name", "industry_name", "parent", "subsidiaries", "source", "years", "ratios", "potential",
            "standing", "risks", "ties",
        )  # fmt: skip

    def get_region_name(self, firm: Enterprise) -> str | None:
        return region_name(firm)

    def get_industry_name(self, firm: Enterprise) -> str:
        return str(industry_words(firm.industry))

    def _visible(self) -> Any:  # a queryset of enterprises, bound to the one who asks
        return Enterprise.objects.visible_to(self.context["request"].user)

    def get_parent(self, firm: Enterprise) -> dict[str, str | None] | None:
        """A firm that the reader may see; to staff one that is not loaded, by its name as given."""
        parent = self._visible().filter(pk=firm.parent_id).first() if firm.parent_id else None
        if parent is not None:
            return {"uscc": parent.uscc, "name": parent.name}
        told = firm.parent_id is None and firm.parent_name and may_see_staff_data(self.context["request"].user)
        return {"uscc": None, "name": firm.parent_name} if told else None

    @extend_schema_field(SubsidiarySerializer(many=True))
    def get_subsidiaries(self, firm: Enterprise) -> list[dict[str, str]]:
        """Its spin-offs, the oldest first."""
        rows = self._visible().filter(parent=firm).order_by(F("founded").asc(nulls_last=True), "name")
        return SubsidiarySerializer(rows, many=True).data  # type: ignore[return-value]

    def get_years(self, firm: Enterprise) -> list[dict[str, float | None]]:
        return YearSerializer(self._years(firm), many=True).data  # type: ignore[return-value]

    def get_ratios(self, firm: Any) -> dict[str, float | None] | None:  # carries output_year
        # over land, energy, discharge and employees (METHODS 3); null where a part is unknown
        for year in self._years(firm):
            if year.year == firm.output_year:
                figures = {name: getattr(year, name) for name in FIGURES}
                return {"year": year.year, **ratios(figures, firm.land_mu)}
        return None

    @extend_schema_field(PotentialSerializer(allow_null=True))
    def get_potential(self, firm: Enterprise) -> dict[str, Any] | None:
        return potential_of(firm)

    @extend_schema_field(StandingSerializer(allow_null=True))
    def get_standing(self, firm: Enterprise) -> dict[str, Any] | None:
        return standing(firm)

    @extend_schema_field(RiskSerializer(many=True))
    def get_risks(self, firm: Enterprise) -> list[dict[str, str]]:
        sold, bought = amounts_of(firm, self.context["request"].user)
        years = [Year(row.year, row.output, row.profit, row.tax) for row in self._years(firm)]
        found = risks(
            years,
            rating=firm.rating,
            reference=reference_year() or 0,
            oldest=OLDEST_YEARS,
            sold=sold,
            bought=bought,
        )
        return [{"flag": risk.flag, "words": str(risk.words)} for risk in found]

    @extend_schema_field(TiesSerializer())
    def get_ties(self, firm: Enterprise) -> dict[str, Any]:
        return ties_of(firm, self.context["request"].user)

    def _years(self, firm: Enterprise) -> list[EnterpriseYear]:
        """Prefetched by the view: what the reader may see, oldest first."""
        return list(firm.years.all())
