"""What land was handed over before, for how much: the results that are announced of every transfer (成交结果公示)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import ExpressionWrapper, F, FloatField, Q

from accounts.rights import Person
from geo.models import Region, Source

SMALLEST_MU = 0.1
"""Below this an area is a slip of the pen, and no price per mu is worked out from it."""


class SupplyWay(models.TextChoices):
    """供应方式 as results name it."""

    LISTING = "listing", "挂牌出让 Listing"
    AUCTION = "auction", "拍卖出让 Auction"
    TENDER = "tender", "招标出让 Tender"
    AGREEMENT = "agreement", "协议出让 Agreement"
    ALLOCATION = "allocation", "划拨 Allocation"
    LEASE = "lease", "租赁 Lease"
    OTHER = "other", "其他 Other"


class LandDealQuerySet(models.QuerySet["LandDeal"]):
    def visible_to(self, user: Person) -> Self:
        """Results of transfers are announced by law; who holds the land is for staff, as names of firms are."""
        return self

    def with_price_per_mu(self) -> Self:
        """`price_per_mu`, 10k CNY; unknown where price or area is, or is 0."""
        worked_out = ExpressionWrapper(F("price") / F("area_mu"), output_field=FloatField())
        known = Q(price__gt=0, area_mu__gte=SMALLEST_MU)
        return self.annotate(price_per_mu=models.Case(models.When(known, then=worked_out), default=None))


class LandDeal(models.Model):
    """One result. Its place is an address in words: it stands at its district, never at a point."""

    code = models.CharField(max_length=80, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    address = models.TextField(blank=True, db_default="", default="")
    project = models.TextField(blank=True, db_default="", default="")
    holder = models.TextField(blank=True, db_default="", default="")
    land_use = models.CharField(
        max_length=120, blank=True, db_default="", default="", help_text="As the result says it."
    )
    industry = models.CharField(max_length=120, blank=True, db_default="", default="")
    way = models.CharField(max_length=10, choices=SupplyWay, db_default=SupplyWay.OTHER, default=SupplyWay.OTHER)
    signed_on = models.DateField()
    area_mu = models.FloatField(null=True, blank=True)
    price = models.FloatField(null=True, blank=True, help_text="10k CNY")
    term = models.CharField(max_length=200, blank=True, db_default="", default="")
    grade = models.CharField(max_length=60, blank=True, db_default="", default="")
    far_min = models.FloatField(null=True, blank=True)
    far_max = models.FloatField(null=True, blank=True)
    handover_on = models.DateField(null=True, blank=True)
    start_by = models.DateField(null=True, blank=True)
    complete_by = models.DateField(null=True, blank=True)
    authority = models.CharField(max_length=200, blank=True, db_default="", default="")
    link = models.CharField(max_length=500, blank=True, db_default="", default="")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = LandDealQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(name="landdeal_region", fields=["region", "-signed_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="landdeal_way_known", condition=Q(way__in=SupplyWay.values)),
            models.CheckConstraint(
                name="landdeal_far_in_order", condition=Q(far_min=None) | Q(far_max=None) | Q(far_max__gte=F("far_min"))
            ),
        ]

    def __str__(self) -> str:
        return self.code
