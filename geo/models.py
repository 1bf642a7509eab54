"""Places, what stands in them, what lies over them, and where each row came from."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q
from django.db.models.functions import Now

from geo.categories import FACILITY_CATEGORIES, ZONE_KINDS, Hazard
from geo.fields import STORAGE_SRID, drawn
from geo.querysets import (
    FacilityQuerySet,
    GridLayerQuerySet,
    RegionQuerySet,
    RoadQuerySet,
    SourceQuerySet,
    ZoneQuerySet,
)


class Source(models.Model):
    """One file or table that was loaded: whose it is, of what day, and who loaded it."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    owner = models.CharField(max_length=120, blank=True, help_text="The department or firm the data belongs to.")
    as_of = models.DateField(null=True, blank=True, help_text="The day the data describes.")
    crs = models.CharField(max_length=40, blank=True, help_text="Of the file, before conversion.")
    synthetic = models.BooleanField(db_default=False, default=False, help_text="Invented, as the demo city is.")
    rows = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    loaded_at = models.DateTimeField(db_default=Now())

    objects = SourceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "-loaded_at"])]

    def __str__(self) -> str:
        return self.name


class RejectedRow(models.Model):
    """A row of a source that was not loaded, and why."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="rejects")
    row = models.PositiveIntegerField(help_text="As a person counts it in the file.")
    column = models.CharField(max_length=80, blank=True)
    value = models.TextField(blank=True)
    reason_zh = models.TextField()
    reason_en = models.TextField()

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.reason_en}"


class Region(models.Model):
    """An administrative area or park. It lies in exactly one parent; `path` lists its line from the top."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        DISTRICT = "district", "区县"
        TOWNSHIP = "township", "乡镇街道"
        PARK = "park", "园区"

    adcode = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True, db_default="", default="")
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=80, blank=True, db_default="", default="", help_text="/370000/370200/370211/")
    is_root = models.BooleanField(db_default=False, default=False, help_text="The deployment's own city or province.")
    population = models.FloatField(null=True, blank=True)
    outline = models.MultiPolygonField(srid=STORAGE_SRID, null=True)
    web = drawn("outline", models.MultiPolygonField)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = RegionQuerySet.as_manager()

    class Meta:
        indexes = [
            GistIndex(name="region_web", fields=["web"]),
            models.Index(name="region_path", fields=["path"], opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="region_level_known", condition=Q(level__in=["province", "city", "district", "township", "park"])
            )
        ]

    def __str__(self) -> str:
        return self.name


class RegionPiece(models.Model):
    """A small piece of a region's outline, for fast answers to "which region is this point in"."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="pieces")
    outline = models.PolygonField(srid=STORAGE_SRID)

    def __str__(self) -> str:
        return f"{self.region_id} #{self.pk}"


class Facility(models.Model):
    """A plant, station, school or the like: one point with what it can give."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, db_default="", default="")
    category = models.CharField(max_length=30, choices=[(c.code, c.name_zh) for c in FACILITY_CATEGORIES.values()])
    capacity = models.FloatField(null=True, blank=True, help_text="In the unit of its category.")
    spare = models.FloatField(null=True, blank=True, help_text="Recorded spare capacity, same unit.")
    as_of = models.DateField(null=True, blank=True, help_text="Of the spare capacity.")
    voltage_kv = models.FloatField(null=True, blank=True)
    approximate = models.BooleanField(db_default=False, default=False, help_text="位置示意: stands about here.")
    place = models.PointField(srid=STORAGE_SRID, spatial_index=False)
    web = drawn("place", models.PointField)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+", db_constraint=False)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        indexes = [GistIndex(name="facility_web", fields=["web"]), models.Index(fields=["category"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="facility_code", fields=["code"]),
            models.CheckConstraint(name="facility_category_known", condition=Q(category__in=list(FACILITY_CATEGORIES))),
            models.CheckConstraint(
                name="facility_capacity_not_negative", condition=Q(capacity__gte=0) | Q(capacity=None)
            ),
            models.CheckConstraint(name="facility_spare_not_negative", condition=Q(spare__gte=0) | Q(spare=None)),
        ]

    def __str__(self) -> str:
        return self.name


class Zone(models.Model):
    """An area in which a rule holds: a red line, a boundary, a park of some hazard class."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200, blank=True, db_default="", default="")
    kind = models.CharField(max_length=30, choices=[(k.code, k.name_zh) for k in ZONE_KINDS.values()])
    hazard_max = models.CharField(max_length=6, choices=Hazard.choices, null=True, blank=True)
    height_max_m = models.FloatField(null=True, blank=True, help_text="Airport clearance: metres above ground.")
    outline = models.MultiPolygonField(srid=STORAGE_SRID)
    web = drawn("outline", models.MultiPolygonField)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = ZoneQuerySet.as_manager()

    class Meta:
        indexes = [GistIndex(name="zone_web", fields=["web"]), models.Index(fields=["kind"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="zone_kind_known", condition=Q(kind__in=list(ZONE_KINDS))),
            models.CheckConstraint(
                name="zone_hazard_known", condition=Q(hazard_max__in=Hazard.values) | Q(hazard_max=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Road(models.Model):
    """A stretch of road; a re-import of the same source replaces its rows."""

    name = models.CharField(max_length=120, blank=True, db_default="", default="")
    road_class = models.CharField(max_length=30, blank=True, db_default="", default="")
    speed_kmh = models.FloatField(null=True, blank=True)
    oneway = models.BooleanField(db_default=False, default=False)
    line = models.MultiLineStringField(srid=STORAGE_SRID)
    web = drawn("line", models.MultiLineStringField)
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")

    objects = RoadQuerySet.as_manager()

    class Meta:
        indexes = [GistIndex(name="road_web", fields=["web"])]

    def __str__(self) -> str:
        return self.name or self.road_class or str(self.pk)


class GridLayer(models.Model):
    """One quantity over the H3 grid, and what may be told of it."""

    class Aggregate(models.TextChoices):
        SUM = "sum", "合计"
        MEAN = "mean", "平均"

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True, db_default="", default="")
    unit = models.CharField(max_length=30)
    aggregate = models.CharField(max_length=4, choices=Aggregate)
    subject = models.CharField(
        max_length=12, db_default="other", default="other", help_text="persons, enterprises or other"
    )
    public = models.BooleanField(db_default=False, default=False)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+")

    objects = GridLayerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="gridlayer_aggregate_known", condition=Q(aggregate__in=["sum", "mean"])),
            models.CheckConstraint(
                name="gridlayer_subject_known", condition=Q(subject__in=["persons", "enterprises", "other"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GridValue(models.Model):
    """The value of a layer in one resolution-9 cell; `count` says from how many persons or enterprises it came."""

    layer = models.ForeignKey(
        GridLayer,
        models.CASCADE,
        related_name="values",
        db_index=False,  # gridvalue_once has it
        db_constraint=False,  # geo.references checks it by statement
    )
    cell = models.BigIntegerField()
    period = models.CharField(max_length=5, db_default="all", default="all")
    value = models.FloatField()
    count = models.PositiveIntegerField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="+", db_constraint=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="gridvalue_once", fields=["layer", "cell", "period"]),
            models.CheckConstraint(name="gridvalue_period_known", condition=Q(period__in=["day", "night", "all"])),
        ]

    def __str__(self) -> str:
        return f"{self.layer_id} {self.cell:x} {self.value}"


class DataVersion(models.Model):
    """A number per table that grows with every change, so that what is kept in memory knows when it is old."""

    name = models.CharField(max_length=40, primary_key=True)
    stamp = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} {self.stamp}"


class ImportJob(models.Model):
    """A load that runs by itself: its file, its options, how far it is and how it ended."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队 Queued"
        RUNNING = "running", "进行中 Running"
        DONE = "done", "完成 Done"
        FAILED = "failed", "失败 Failed"
        CANCELLED = "cancelled", "已取消 Cancelled"

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    path = models.CharField(max_length=500)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    cancel_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0, help_text="Rows read so far.")
    total = models.PositiveIntegerField(null=True)
    report = models.JSONField(default=dict)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, related_name="jobs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    following = models.JSONField(
        null=True, help_text="What is worked out from the loaded rows just now, in words; null: nothing any more."
    )

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} {self.state}"
