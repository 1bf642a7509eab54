"""Firms of the city and beyond, and what they reported year by year."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import Q, Value
from django.db.models.functions import Upper

from enterprises.honours import Honour
from enterprises.querysets import EnterpriseQuerySet, EnterpriseYearQuerySet, SignalQuerySet, SupplyTieQuerySet
from geo.fields import STORAGE_SRID, drawn
from geo.models import Region, Source

FIRST_YEAR, LAST_YEAR = 1949, 2100


class Scale(models.TextChoices):
    """Size class of the statistics office."""

    LARGE = "large", "大型 Large"
    MEDIUM = "medium", "中型 Medium"
    SMALL = "small", "小型 Small"
    MICRO = "micro", "微型 Micro"


class Rating(models.TextChoices):
    """Result of the per-mu performance review (亩均论英雄), A the best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Enterprise(models.Model):
    """A firm. Without a place it counts as outside the city; unknown stays null, never 0 or false."""

    uscc = models.CharField(
        max_length=80, unique=True, help_text="统一社会信用代码, or another identifier as authority:number."
    )
    uscc_checked = models.BooleanField(
        db_default=False, default=False, help_text="18 characters whose GB 32100 check digit is right."
    )
    name = models.CharField(max_length=200)
    industry = models.CharField(
        max_length=4, blank=True, db_default="", default="", help_text="GB/T 4754, two to four digits; blank: unknown."
    )
    founded = models.DateField(null=True, blank=True)
    scale = models.CharField(max_length=6, choices=Scale, null=True, blank=True)
    listed = models.BooleanField(null=True, blank=True, help_text="On a stock exchange: its name is public.")
    honours = ArrayField(
        models.TextField(choices=Honour),
        default=list,
        blank=True,
        db_default=Value([], output_field=ArrayField(models.TextField())),
    )
    rating = models.CharField(max_length=1, choices=Rating, null=True, blank=True)
    rating_year = models.PositiveSmallIntegerField(null=True, blank=True)
    services = models.TextField(blank=True, db_default="", default="", help_text="服务内容: what it does for others.")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="subsidiaries")
    parent_name = models.CharField(
        max_length=200, blank=True, db_default="", default="", help_text="As it was given, whether loaded or not."
    )
    hq_region = models.CharField(max_length=120, blank=True, db_default="", default="")
    land_mu = models.FloatField(null=True, blank=True, help_text="Land actually held.")

    place = models.PointField(srid=STORAGE_SRID, null=True, blank=True)
    web = drawn("place", models.PointField)
    cell = models.BigIntegerField(null=True, blank=True, editable=False, help_text="Resolution-9 H3 cell of the place.")
    region = models.ForeignKey(
        Region, models.SET_NULL, null=True, blank=True, related_name="enterprises", help_text="The smallest around it."
    )
    in_city = models.BooleanField(
        db_default=False, default=False, help_text="Inside the outline of the deployment's root regions (METHODS 1)."
    )
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            GistIndex(name="enterprise_web", fields=["web"]),
            models.Index(name="enterprise_industry", fields=["industry"], opclasses=["varchar_pattern_ops"]),
            models.Index(name="enterprise_name", fields=["name", "uscc"]),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="enterprise_name_words"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="enterprise_uscc_not_blank", condition=~Q(uscc="")),
            models.CheckConstraint(
                name="enterprise_industry_two_to_four_digits",
                condition=Q(industry="") | Q(industry__regex=r"^[0-9]{2,4}$"),
            ),
            models.CheckConstraint(name="enterprise_scale_known", condition=Q(scale__in=Scale.values) | Q(scale=None)),
            models.CheckConstraint(
                name="enterprise_rating_known", condition=Q(rating__in=Rating.values) | Q(rating=None)
            ),
            models.CheckConstraint(
                name="enterprise_honours_known", condition=Q(honours__contained_by=list(Honour.values))
            ),
            models.CheckConstraint(name="enterprise_land_not_negative", condition=Q(land_mu__gte=0) | Q(land_mu=None)),
            models.CheckConstraint(
                name="enterprise_in_the_city_has_a_place",
                condition=Q(in_city=False) | Q(place__isnull=False, cell__isnull=False),
            ),
            models.CheckConstraint(name="enterprise_is_not_its_own_parent", condition=~Q(parent=models.F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


def _figure(unit: str) -> "models.FloatField[float | None, float | None]":
    return models.FloatField(null=True, blank=True, help_text=unit)


SIGNED = ("value_added", "profit", "tax")
"""Figures that may be below zero: a loss, a refund."""
NOT_NEGATIVE = (
    "output", "revenue", "employees", "rd", "investment", "patents", "energy_tce", "water_m3", "cod_kg", "nox_kg",
    "power_kwh",
)  # fmt: skip


class EnterpriseYear(models.Model):
    """What a firm reported for one year; money in 10k CNY. An empty figure is unknown."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    output = _figure("10k CNY")
    value_added = _figure("10k CNY")
    revenue = _figure("10k CNY")
    profit = _figure("10k CNY")
    tax = _figure("10k CNY")
    employees = _figure("persons")
    rd = _figure("10k CNY")
    investment = _figure("10k CNY")
    patents = _figure("pieces")
    energy_tce = _figure("tce")
    water_m3 = _figure("m3")
    cod_kg = _figure("kg")
    nox_kg = _figure("kg")
    power_kwh = _figure("kWh")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EnterpriseYearQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="enterpriseyear_once", fields=["enterprise", "year"]),
            models.CheckConstraint(
                name="enterpriseyear_year_plausible", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
            *(
                models.CheckConstraint(
                    name=f"enterpriseyear_{name}_not_negative", condition=Q(**{f"{name}__gte": 0}) | Q(**{name: None})
                )
                for name in NOT_NEGATIVE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.year}"


class SupplyTie(models.Model):
    """One firm is known to buy from another; the amount of that year is in 10k CNY, unknown if null."""

    supplier = models.ForeignKey(Enterprise, models.CASCADE, related_name="sales")
    customer = models.ForeignKey(Enterprise, models.CASCADE, related_name="purchases")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.FloatField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SupplyTieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="supplytie_once", fields=["supplier", "customer"]),
            models.CheckConstraint(name="supplytie_between_two", condition=~Q(supplier=models.F("customer"))),
            models.CheckConstraint(name="supplytie_amount_not_negative", condition=Q(amount__gte=0) | Q(amount=None)),
            models.CheckConstraint(
                name="supplytie_year_plausible", condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)) | Q(year=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} → {self.customer_id}"


class Signal(models.Model):
    """Something heard of a firm that may make it move or grow, with its date and where it was heard."""

    class Kind(models.TextChoices):
        EXPANSION = "expansion", "扩产 Expansion"
        FINANCING = "financing", "融资 Financing"
        RELOCATION = "relocation", "搬迁 Relocation"
        LEASE_END = "lease_end", "租约到期 Lease end"
        BID = "bid", "中标 Bid won"

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="signals")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(blank=True, db_default="", default="")
    reference = models.TextField(blank=True, db_default="", default="", help_text="Where it was heard.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="signal_once", fields=["enterprise", "date", "kind"]),
            models.CheckConstraint(
                name="signal_kind_known",
                condition=Q(kind__in=["expansion", "financing", "relocation", "lease_end", "bid"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.date} {self.kind}"


FIGURES = tuple(field.name for field in EnterpriseYear._meta.concrete_fields if field.name in {*SIGNED, *NOT_NEGATIVE})
"""The yearly figures in the order of FORMATS.md."""
