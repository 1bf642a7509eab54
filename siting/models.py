"""Projects that look for a place, or have one."""

import re
from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import RegexValidator
from django.db.models import Q

from geo.categories import Hazard
from geo.fields import STORAGE_SRID, drawn
from geo.models import Source
from siting.querysets import ProjectQuerySet

NODE = re.compile(r"[^/\s]+/[^/\s]+")
"""chain/node"""
AMOUNTS = ("investment", "land_mu", "jobs", "power_mva", "water_m3d", "gas_m3h", "sewage_m3d", "steam_th")


def _amount(unit: str) -> "models.FloatField[float | None, float | None]":
    return models.FloatField(null=True, blank=True, help_text=unit)


class Project(models.Model):
    """A factory to be: what it needs, and once it is committed and placed, what it draws from the city's supplies."""

    class Status(models.TextChoices):
        PLANNED = "planned", "谋划 Planned"
        COMMITTED = "committed", "已落地 Committed"

    code = models.CharField(max_length=40, unique=True, help_text="The national 24-digit project code where known.")
    name = models.CharField(max_length=200)
    node = models.CharField(
        max_length=120,
        blank=True,
        db_default="",
        default="",
        validators=[RegexValidator(rf"^{NODE.pattern}$", "chain/node")],
        help_text="chain/node",
    )
    investment = _amount("10k CNY")
    land_mu = _amount("mu")
    jobs = _amount("persons")
    hazard = models.CharField(max_length=6, choices=Hazard, null=True, blank=True)
    power_mva = _amount("MVA")
    water_m3d = _amount("m3/d")
    gas_m3h = _amount("m3/h")
    sewage_m3d = _amount("m3/d")
    steam_th = _amount("t/h")
    status = models.CharField(max_length=9, choices=Status, db_default=Status.PLANNED, default=Status.PLANNED)
    committed_on = models.DateField(null=True, blank=True)
    place = models.PointField(srid=STORAGE_SRID, null=True, blank=True)
    web = drawn("place", models.PointField)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [GistIndex(name="project_web", fields=["web"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="project_status_known", condition=Q(status__in=["planned", "committed"])),
            models.CheckConstraint(name="project_hazard_known", condition=Q(hazard__in=Hazard.values) | Q(hazard=None)),
            *(
                models.CheckConstraint(
                    name=f"project_{name}_not_negative", condition=Q(**{f"{name}__gte": 0}) | Q(**{name: None})
                )
                for name in AMOUNTS
            ),
        ]

    def __str__(self) -> str:
        return self.name
