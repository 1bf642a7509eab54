"""Requirement profiles: what an industry or a chain node usually needs, the presets of Land and Siting."""

import re

from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say
from landparcels.indicators import catalogue
from landparcels.industries import industry_prefix
from landparcels.models import RequirementProfile

BASES = {word: basis.value for basis in RequirementProfile.Basis for word in (basis.value, *basis.label.split(" ", 1))}
RESOURCE = re.compile(r"[a-z][a-z0-9_]*")


def prepare(batch: Batch, load: Load) -> None:
    """A scope is an industry or chain/node, a need an indicator (by code or name) or a resource; low ≤ typical ≤ high."""
    by_name = {field.zh: code for code, field in catalogue().items()}
    scopes, needs = batch.columns["scope"], batch.columns["need"]
    for index in list(batch.alive()):
        scope, need = scopes[index].strip(), needs[index].strip()
        if "/" not in scope:
            prefix = industry_prefix(scope)
            if prefix is None:
                words = say(zh="应为 GB/T 4754 代码或“产业链/节点”", en="is a GB/T 4754 code or chain/node")
                batch.refuse(index, "scope", scope, words)
            scope = prefix or scope
        need = by_name.get(need, need)
        if not RESOURCE.fullmatch(need):
            batch.refuse(
                index, "need", need, say(zh="应为指标或资源的代码", en="is the code of an indicator or a resource")
            )
        scopes[index], needs[index] = scope, need
        values = [batch.values(name)[index] for name in ("low", "typical", "high")]
        known = [value for value in values if value is not None]
        if known != sorted(known):
            words = say(zh="应满足 low ≤ typical ≤ high", en="low, typical and high have to be in order")
            batch.refuse(index, "typical", values[1], words)
    if "source" in batch.columns:
        batch.columns["reference"] = [text or "" for text in batch.columns.pop("source")]


register(
    Kind(
        name="requirement_profiles",
        zh="需求画像",
        en="Requirement profiles",
        model=RequirementProfile,
        key=("scope", "need"),
        columns=(
            Column("scope", "适用范围", required=True, longest=80),
            Column("need", "需求", required=True, longest=40),
            Column("basis", "基准", Type.CHOICE, required=True, choices=BASES),
            Column("low", "低值", Type.DECIMAL),
            Column("typical", "典型值", Type.DECIMAL, required=True),
            Column("high", "高值", Type.DECIMAL),
            Column("source", "依据"),
        ),
        prepare=prepare,
        citywide=True,
    )
)
