"""A city's own indicators: rows of a dictionary. Their values stand in `Parcel.extra` and appear wherever the others do."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value

from accounts.rights import Person, may_see_staff_data
from geo.models import Source


class Type(models.TextChoices):
    """What a value is."""

    NUMBER = "number", "数值 Number"
    CHOICE = "choice", "单选 One choice"
    CHOICES = "choices", "多选 Several choices"
    YES_NO = "yes_no", "是否 Yes or no"


class Group(models.TextChoices):
    ADMISSION = "admission", "准入指标 Admission"
    TERMS = "terms", "供地条件 Terms"
    ENERGY = "energy", "能源水务 Energy and water"
    POLICY = "policy", "政策人力 Policy and labour"
    SERVICES = "services", "配套服务 Services"


class Bound(models.TextChoices):
    """How the figure reads, as with the standard indicators; `neutral` where neither more nor less is better."""

    AT_LEAST = "at_least", "下限 At least"
    AT_MOST = "at_most", "上限 At most"
    HIGHER_BETTER = "higher_better", "越高越好 Higher is better"
    LOWER_BETTER = "lower_better", "越低越好 Lower is better"
    NEUTRAL = "neutral", "无高低 Neutral"


WITH_CHOICES = (Type.CHOICE, Type.CHOICES)


class CityIndicatorQuerySet(models.QuerySet["CityIndicator"]):
    def visible_to(self, user: Person) -> Self:
        """Public ones are for everyone, the rest for staff."""
        return self if may_see_staff_data(user) else self.filter(public=True)


def _text(longest: int) -> "models.CharField[str, str]":
    return models.CharField(max_length=longest, blank=True, db_default="", default="")


class CityIndicator(models.Model):
    """One indicator that a city declared for itself."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = _text(80)
    group = models.CharField(max_length=10, choices=Group)
    type = models.CharField(max_length=8, choices=Type)
    unit = models.CharField(max_length=40, default="1", db_default="1", help_text="1 where there is none.")
    bound = models.CharField(max_length=14, choices=Bound, default=Bound.NEUTRAL, db_default=Bound.NEUTRAL)
    low = models.FloatField(null=True, blank=True, help_text="Sane range of a number, inclusive.")
    high = models.FloatField(null=True, blank=True)
    choices = models.JSONField(
        default=list,
        blank=True,
        db_default=Value([], output_field=models.JSONField()),
        help_text='[{"code", "zh", "en"}] in the order that people see.',
    )
    department_zh = _text(60)
    department_en = _text(80)
    legal_basis_zh = models.TextField(blank=True, db_default="", default="")
    legal_basis_en = models.TextField(blank=True, db_default="", default="")
    note_zh = models.TextField(blank=True, db_default="", default="")
    note_en = models.TextField(blank=True, db_default="", default="")
    position = models.PositiveIntegerField(default=100, db_default=100, help_text="Order within the group.")
    public = models.BooleanField(default=True, db_default=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CityIndicatorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["group", "position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="cityindicator_code_form", condition=Q(code__regex=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="cityindicator_type_known", condition=Q(type__in=Type.values)),
            models.CheckConstraint(name="cityindicator_group_known", condition=Q(group__in=Group.values)),
            models.CheckConstraint(name="cityindicator_bound_known", condition=Q(bound__in=Bound.values)),
            models.CheckConstraint(
                name="cityindicator_range_in_order", condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high"))
            ),
            models.CheckConstraint(
                name="cityindicator_choices_where_wanted",
                condition=(Q(type__in=WITH_CHOICES) & ~Q(choices=[])) | (~Q(type__in=WITH_CHOICES) & Q(choices=[])),
            ),
        ]

    def __str__(self) -> str:
        return self.code
