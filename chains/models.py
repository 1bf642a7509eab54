"""Industrial chains: their nodes, who supplies whom, and which enterprise makes what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from chains.querysets import (
    ChainEdgeQuerySet,
    ChainHealthQuerySet,
    ChainNodeQuerySet,
    ChainQuerySet,
    EnterpriseNodeQuerySet,
    ThresholdSetQuerySet,
)
from enterprises.models import Enterprise
from geo.models import Source

LARGEST_COEFFICIENT = 100
"""Inputs worth more than a hundred times what is made of them are a mistake of units."""
LARGEST_QUOTIENT = 100


def _share_or_unknown(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__range": (0, 1)}) | Q(**{field: None}))


class Chain(models.Model):
    """产业链: a set of nodes that is looked at as one."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, db_default="", default="")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = ChainQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ChainNode(models.Model):
    """环节: a product group of a chain. One with nodes below it is a parent: it has no edges and no makers of its own."""

    class Stage(models.TextChoices):
        UPSTREAM = "upstream", "上游"
        MIDSTREAM = "midstream", "中游"
        DOWNSTREAM = "downstream", "下游"

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="nodes")
    code = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, db_default="", default="")
    stage = models.CharField(max_length=10, choices=Stage)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    essential = models.BooleanField(
        db_default=False, default=False, help_text="必备: a chain without it is incomplete."
    )
    barrier = models.FloatField(null=True, blank=True, help_text="替代壁垒: how hard it is to replace, 0..1.")
    import_share = models.FloatField(null=True, blank=True, help_text="Share of its use that comes from abroad, 0..1.")
    national_output = models.FloatField(null=True, blank=True, help_text="10k CNY a year.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = ChainNodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="chainnode_code_once_in_chain", fields=["chain", "code"]),
            # what the foreign keys of edges and parents point at, so that they cannot leave the chain
            models.UniqueConstraint(name="chainnode_of_chain", fields=["chain", "id"]),
            models.CheckConstraint(
                name="chainnode_stage_known", condition=Q(stage__in=["upstream", "midstream", "downstream"])
            ),
            models.CheckConstraint(name="chainnode_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))),
            _share_or_unknown("barrier", "chainnode_barrier_is_share"),
            _share_or_unknown("import_share", "chainnode_import_share_is_share"),
            models.CheckConstraint(
                name="chainnode_national_output_not_negative",
                condition=Q(national_output__gte=0) | Q(national_output=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.name}"


class ChainEdge(models.Model):
    """The customer's product is made with the supplier's: `coefficient` of it per unit of value, unknown if null."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="edges")
    supplier = models.ForeignKey(ChainNode, models.CASCADE, related_name="customers")
    customer = models.ForeignKey(ChainNode, models.CASCADE, related_name="suppliers")
    coefficient = models.FloatField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = ChainEdgeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="chainedge_once", fields=["chain", "supplier", "customer"]),
            models.CheckConstraint(name="chainedge_no_self_loop", condition=~Q(supplier=F("customer"))),
            models.CheckConstraint(
                name="chainedge_coefficient_sane",
                condition=Q(coefficient__range=(0, LARGEST_COEFFICIENT)) | Q(coefficient=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} → {self.customer_id}"


class EnterpriseNode(models.Model):
    """An enterprise makes a product of a node, on which it puts `share` of its output (blank: METHODS 4)."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="nodes")
    node = models.ForeignKey(ChainNode, models.CASCADE, related_name="makers")
    product = models.CharField(max_length=200, blank=True, db_default="", default="")
    share = models.FloatField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = EnterpriseNodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="enterprisenode_once", fields=["enterprise", "node", "product"]),
            _share_or_unknown("share", "enterprisenode_share_is_share"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} @ {self.node_id}"


class ThresholdSet(models.Model):
    """Thresholds of the verdicts as the city uses them from one moment on; the newest holds, none is ever changed.

    Before the first one the defaults of METHODS 4 hold: version 0, which has no row.
    """

    version = models.PositiveIntegerField(unique=True)
    weak_rate = models.FloatField(help_text="A node whose local supply potential is below this is weak.")
    strong_lq = models.FloatField(help_text="A node whose location quotient reaches this may be strong.")
    single_source = models.FloatField(help_text="Share of the supply from which the largest supplier is the only one.")
    chokepoint = models.FloatField(help_text="Risk from which a node is a chokepoint.")
    unknown_barrier = models.FloatField(help_text="Substitution barrier where none is recorded.")
    note = models.CharField(max_length=500, help_text="Why.")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(db_default=Now())

    objects = ThresholdSetQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="thresholdset_versions_count_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="thresholdset_shares_are_shares",
                condition=Q(weak_rate__gt=0, weak_rate__lte=1, single_source__gt=0, single_source__lte=1)
                & Q(chokepoint__gt=0, chokepoint__lte=1, unknown_barrier__gte=0, unknown_barrier__lte=1),
            ),
            models.CheckConstraint(
                name="thresholdset_lq_sane", condition=Q(strong_lq__gt=0, strong_lq__lte=LARGEST_QUOTIENT)
            ),
            models.CheckConstraint(name="thresholdset_says_why", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class ChainHealth(models.Model):
    """健康度 of a chain as it stood on a day: written when its figures have changed, at most once a day."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="healths")
    day = models.DateField()
    score = models.FloatField(null=True, help_text="0..100; null: no component had data.")
    components = models.JSONField(help_text="By name, 0..1 or null.")
    thresholds = models.PositiveIntegerField(help_text="Version of the thresholds; 0: the defaults.")
    reference_year = models.PositiveSmallIntegerField(null=True)

    objects = ChainHealthQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="chainhealth_once_a_day", fields=["chain", "day"]),
            models.CheckConstraint(
                name="chainhealth_score_in_range", condition=Q(score__range=(0, 100)) | Q(score=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.day}"
