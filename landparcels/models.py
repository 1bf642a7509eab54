"""Parcels of standard land, the price and policy tables of regions, and what industries require."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import PointOnSurface
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Deferrable, F, Func, Q, Value

from geo.categories import Hazard
from geo.fields import STORAGE_SRID, GeodesicArea, drawn
from geo.measure import M2_PER_MU
from geo.models import Region, Source
from landparcels.card.models import IssuedCard  # noqa: F401  # a model of this app
from landparcels.documents.models import ParcelDocument  # noqa: F401  # a model of this app
from landparcels.indicators import StandardLandIndicators, of_origin
from landparcels.indicators.city import CityIndicator  # noqa: F401  # a model of this app
from landparcels.querysets import ParcelQuerySet, RegionalValueQuerySet, RequirementProfileQuerySet
from landparcels.referrals.models import Referral  # noqa: F401  # a model of this app
from landparcels.touching import ParcelNeighbour  # noqa: F401  # a model of this app
from landparcels.worked_out import WorkedOut  # noqa: F401  # a model of this app


def _texts() -> "ArrayField[list[str], list[str]]":
    """A list that may be empty: GB/T 4754 codes or prefixes."""
    blank = Value([], output_field=ArrayField(models.TextField()))
    return ArrayField(models.TextField(), default=list, db_default=blank, blank=True)


class Status(models.TextChoices):
    """Where a parcel stands on its way to a factory; from `published` on it is public."""

    DRAFT = "draft", "草稿 Draft"
    SUBMITTED = "submitted", "已提交 Submitted"
    APPROVED = "approved", "已审核 Approved"
    PUBLISHED = "published", "已发布 Published"
    RESERVED = "reserved", "已预留 Reserved"
    TRANSFERRED = "transferred", "已出让 Transferred"
    WITHDRAWN = "withdrawn", "已撤回 Withdrawn"


class SupplyMode(models.TextChoices):
    """How the land is handed over."""

    GRANT = "grant", "出让 Grant"
    FLEXIBLE = "flexible", "弹性年期 Flexible term"
    LEASE_FIRST = "lease_first", "先租后让 Lease before grant"
    LEASE = "lease", "长期租赁 Long lease"


class ParcelColumns(StandardLandIndicators):
    """What is known of a parcel, now or as it was: a column added here is kept in the past too."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True, db_default="", default="")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="parcels", help_text="The smallest one around it."
    )
    land_use = models.CharField(
        max_length=40, blank=True, db_default="", default="", help_text="用地用海 code or name."
    )
    admits = _texts()
    excludes = _texts()
    hazard_max = models.CharField(max_length=6, choices=Hazard, null=True, blank=True)
    divisible = models.BooleanField(null=True, blank=True)
    supply_mode = models.CharField(max_length=12, choices=SupplyMode, null=True, blank=True)
    bid_start = models.DateField(null=True, blank=True)
    bid_deadline = models.DateField(null=True, blank=True)
    deposit = models.FloatField(null=True, blank=True, help_text="10k CNY")
    price_step = models.FloatField(null=True, blank=True, help_text="10k CNY")
    contact_office = models.CharField(max_length=120, blank=True, db_default="", default="")
    contact_phone = models.CharField(max_length=40, blank=True, db_default="", default="")
    status = models.CharField(max_length=12, choices=Status, db_default=Status.DRAFT, default=Status.DRAFT)
    planned_listing = models.DateField(null=True, blank=True)

    outline = models.MultiPolygonField(srid=STORAGE_SRID, spatial_index=False)
    web = drawn("outline", models.MultiPolygonField)
    label_point = models.GeneratedField(
        expression=PointOnSurface("outline"),
        output_field=models.PointField(srid=STORAGE_SRID, spatial_index=False),
        db_persist=True,
    )
    area_mu = models.GeneratedField(
        expression=GeodesicArea("outline") / M2_PER_MU, output_field=models.FloatField(), db_persist=True
    )
    cell = models.BigIntegerField(null=True, editable=False, help_text="Resolution-9 H3 cell of the label point.")
    power_high_voltage = models.FloatField(
        null=True, editable=False, help_text="MVA: the largest residual of a substation of 110 kV or more in reach."
    )
    power_unknown_voltage = models.FloatField(
        null=True, editable=False, help_text="MVA: the same of those whose voltage is unknown (landparcels.power)."
    )
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")
    extra = models.JSONField(
        db_default=Value({}, output_field=models.JSONField()),
        default=dict,
        blank=True,
        help_text="Values of the city's own indicators by code; what is unknown is not there.",
    )
    evidence = models.JSONField(
        db_default=Value({}, output_field=models.JSONField()),
        default=dict,
        blank=True,
        help_text="Who vouches for a declared indicator, or for a group of them, until when (landparcels.evidence).",
    )
    cited = models.JSONField(
        db_default=Value({}, output_field=models.JSONField()),
        default=dict,
        blank=True,
        editable=False,
        help_text="Sources of indicators that did not come with the source of the row (landparcels.citing).",
    )

    class Meta:
        abstract = True


class Parcel(ParcelColumns):
    """A parcel as it is. Area, label point and the drawn shape follow from the outline by themselves.

    `shown_since` is kept by the database, as are the versions before (landparcels.publication.keeping).
    """

    shown_since = models.DateTimeField(
        null=True, editable=False, help_text="Since when it is public as it stands; null: not public."
    )

    objects = ParcelQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            GistIndex(name="parcel_web", fields=["web"]),
            GistIndex(name="parcel_label_point", fields=["label_point"]),
            models.Index(name="parcel_status", fields=["status"]),
            models.Index(name="parcel_start_price", fields=["start_price", "code"]),
            models.Index(name="parcel_area_mu", fields=["area_mu", "code"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="parcel_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="parcel_hazard_known", condition=Q(hazard_max__in=Hazard.values) | Q(hazard_max=None)
            ),
            models.CheckConstraint(
                name="parcel_supply_mode_known", condition=Q(supply_mode__in=SupplyMode.values) | Q(supply_mode=None)
            ),
            models.CheckConstraint(
                name="parcel_far_max_not_below_min",
                condition=Q(far_min=None) | Q(far_max=None) | Q(far_max__gte=F("far_min")),
            ),
            models.CheckConstraint(
                name="parcel_bidding_ends_after_it_starts",
                condition=Q(bid_start=None) | Q(bid_deadline=None) | Q(bid_deadline__gte=F("bid_start")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ParcelChange(models.Model):
    """Which parcels a numbered change of their table touched: written by triggers, so that copies can follow by rows.

    `parcel` is 0 where a statement touched none and null where they were too many to name.
    """

    stamp = models.BigIntegerField(db_index=True)
    parcel = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.stamp}: {self.parcel}"


class RegionalValue(models.Model):
    """One indicator of one region over one period; a parcel takes it from the nearest region that has one."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    value = models.FloatField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The last day included; empty: until further notice.")
    valid = models.GeneratedField(
        expression=Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
        output_field=DateRangeField(),
        db_persist=True,
    )
    reference = models.TextField(blank=True, db_default="", default="", help_text="The paper that says so.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = RegionalValueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="regionalvalue_one_at_a_time",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("indicator", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,  # a load closes open periods once all its rows are there
            ),
            models.UniqueConstraint(name="regionalvalue_once", fields=["region", "indicator", "valid_from"]),
            models.CheckConstraint(
                name="regionalvalue_indicator_is_regional", condition=Q(indicator__in=list(of_origin("regional")))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.indicator} {self.value:g}"


class RequirementProfile(models.Model):
    """What an industry or a chain node usually needs of one indicator or resource: the presets of Land and Siting."""

    class Basis(models.TextChoices):
        ABSOLUTE = "absolute", "绝对值 Absolute"
        PER_MU = "per_mu", "每亩 Per mu"
        PER_100M_CNY = "per_100m_cny", "每亿元投资 Per 100 million CNY"

    scope = models.CharField(max_length=80, help_text="GB/T 4754 prefix, or chain/node.")
    need = models.CharField(max_length=40, help_text="An indicator or a resource.")
    basis = models.CharField(max_length=12, choices=Basis)
    low = models.FloatField(null=True, blank=True)
    typical = models.FloatField()
    high = models.FloatField(null=True, blank=True)
    reference = models.TextField(blank=True, db_default="", default="", help_text="Where the figure comes from.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = RequirementProfileQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="requirementprofile_once", fields=["scope", "need"]),
            models.CheckConstraint(
                name="requirementprofile_basis_known", condition=Q(basis__in=["absolute", "per_mu", "per_100m_cny"])
            ),
            models.CheckConstraint(
                name="requirementprofile_in_order",
                condition=(Q(low=None) | Q(low__lte=F("typical"))) & (Q(high=None) | Q(high__gte=F("typical"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.need} {self.typical:g} {self.basis}"


# So that Django finds them; they stand below because they are built on the columns above.
from landparcels.deals.models import LandDeal as LandDeal  # noqa: E402
from landparcels.publication.models import ParcelTransition as ParcelTransition  # noqa: E402
from landparcels.publication.notices import Notice as Notice  # noqa: E402
from landparcels.publication.versions import ParcelShown as ParcelShown  # noqa: E402
from landparcels.publication.versions import ParcelVersion as ParcelVersion  # noqa: E402
