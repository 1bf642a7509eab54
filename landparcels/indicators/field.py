"""The column type of an indicator: one declaration is column, filter, import column, help text and catalogue entry."""

import math
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from django.db import models

from geo.words import Words, say
from landparcels.indicators.legal import LEGAL_BASES, NOTHING

Group = Literal["admission", "terms", "energy", "policy", "services"]
Bound = Literal["at_least", "at_most", "higher_better", "lower_better", "neutral"]
Origin = Literal["declared", "regional", "computed"]
Kind = Literal["decimal", "integer"]

GROUPS: tuple[Group, ...] = get_args(Group)
GROUP_WORDS: dict[Group, Words] = {
    "admission": Words("准入指标", "Admission"),
    "terms": Words("供地条件", "Terms"),
    "energy": Words("能源水务", "Energy and water"),
    "policy": Words("政策人力", "Policy and labour"),
    "services": Words("配套服务", "Services"),
}
DEPARTMENTS_EN = {
    "交通": "Transport",
    "人社": "Human resources and social security",
    "人社/医保/税务": "Human resources / medical insurance / taxation",
    "住建": "Housing and construction",
    "供电": "Power supply",
    "卫健": "Health",
    "发改": "Development and reform",
    "发改/燃气": "Development and reform / gas supply",
    "园区管委会": "Park administration",
    "工信/发改": "Industry / development and reform",
    "工信/经信": "Industry and informatization",
    "教育": "Education",
    "教育/人社": "Education / human resources",
    "水务": "Water affairs",
    "热力": "Heat supply",
    "燃气": "Gas supply",
    "生态环境": "Ecology and environment",
    "科技": "Science and technology",
    "税务": "Taxation",
    "自然资源和规划": "Natural resources and planning",
    "铁路": "Railway",
}

if TYPE_CHECKING:
    _Column = models.FloatField[float | None, float | None]
else:
    _Column = models.FloatField


class IndicatorField(_Column):
    """A float8 column that may be unknown (NULL, never 0), with the meaning of its figure.

    `low` and `high` are the sane range (inclusive): a value outside it is a mistake, not an extreme. `bound` says how
    the figure reads: a project must reach it (`at_least`), stay within it (`at_most`), or more or less is better.
    """

    own, public = False, True
    options: tuple[()] = ()

    def __init__(
        self,
        zh: str,
        en: str,
        *,
        group: Group,
        unit: str,
        bound: Bound,
        origin: Origin,
        low: float,
        high: float,
        department: str,
        kind: Kind = "decimal",
        choices: tuple[float, ...] = (),
        note_zh: str = "",
        note_en: str = "",
    ) -> None:
        if group not in GROUPS or bound not in get_args(Bound) or origin not in get_args(Origin):
            raise ValueError(f"Indicator {en}: {group}, {bound} or {origin} is not a word this catalogue knows")
        self.zh, self.en = zh, en
        self.group, self.unit, self.bound, self.origin, self.kind = group, unit, bound, origin, kind
        self.low, self.high, self.allowed = float(low), float(high), tuple(float(choice) for choice in choices)
        self.department, self.note_zh, self.note_en = department, note_zh, note_en
        super().__init__(verbose_name=zh, null=True, blank=True)

    @property
    def code(self) -> str:
        """The indicator's code is the column's name."""
        return str(self.name)

    @property
    def department_en(self) -> str:
        """The department's name in English; the Chinese one where we have none."""
        return DEPARTMENTS_EN.get(self.department, self.department)

    @property
    def legal_basis(self) -> Words:
        """The paper that asks for the figure or sets it; empty where we are not sure of one."""
        return LEGAL_BASES.get(self.code, NOTHING)

    def clone(self) -> Self:
        """Carries the declaration along; Django would rebuild the field from the bare column below."""
        kind_of_field: Any = type(self)  # the type checker's plugin for Django fields trips over Self
        copy: Self = kind_of_field(
            self.zh,
            self.en,
            group=self.group,
            unit=self.unit,
            bound=self.bound,
            origin=self.origin,
            low=self.low,
            high=self.high,
            department=self.department,
            kind=self.kind,
            choices=self.allowed,
            note_zh=self.note_zh,
            note_en=self.note_en,
        )
        return copy

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:  # Any: Django's signature
        """To migrations this is a plain float column, so that a better note never makes a migration."""
        return str(self.name), "django.db.models.FloatField", [], {"null": True, "blank": True}

    def fault(self, value: float) -> Words | None:
        """What is wrong with a value; None when it may stand."""
        if not math.isfinite(value):
            return say(zh=f"{self.zh}必须是有限的数", en=f"{self.en} must be a finite number")
        if not self.low <= value <= self.high:
            return say(
                zh=f"{self.zh}应在 {self.low:g} 至 {self.high:g} {self.unit} 之间，收到 {value:g}",
                en=f"{self.en} lies between {self.low:g} and {self.high:g} {self.unit}; got {value:g}",
            )
        if self.kind == "integer" and value != int(value):
            return say(zh=f"{self.zh}应为整数，收到 {value:g}", en=f"{self.en} is a whole number; got {value:g}")
        if self.allowed and value not in self.allowed:
            known = ", ".join(f"{choice:g}" for choice in self.allowed)
            return say(zh=f"{self.zh}只能是 {known}，收到 {value:g}", en=f"{self.en} is one of {known}; got {value:g}")
        return None
