"""Parcels: outlines with whatever declared indicators the file gives; the rest follows from where they lie."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import shapely
from django.db import connection

from accounts.rights import may_publish, region_scope
from geo.categories import Hazard
from geo.errors import NotAllowed
from geo.importing.batch import Batch, Remark
from geo.importing.kinds import Column, Kind, Shape, Type, register
from geo.importing.load import Load
from geo.locating import Locator
from geo.models import Region
from geo.reach import outside
from geo.sql import load as statement
from geo.words import say
from landparcels.importers.parcel_values import cite, further_columns, take_further_values
from landparcels.indicators import IndicatorField, of_origin
from landparcels.industries import industry_prefix
from landparcels.land_use import land_use_code
from landparcels.models import Parcel, Status, SupplyMode
from landparcels.publication.loads import record_states
from landparcels.publication.reviewed import IN_REVIEW
from landparcels.querysets import PUBLIC_STATUSES

OVERLAP = 0.01
"""Share of the smaller parcel above which an overlap is told of."""

BEFORE_REVIEW = (Status.DRAFT, Status.SUBMITTED)
TEXTS = ("name", "land_use", "contact_office", "contact_phone")
LISTS = ("admits", "excludes")
Refuse = Callable[[int, str, object], None]


def _spellings(choices: type[Status] | type[SupplyMode] | type[Hazard]) -> dict[str, str]:
    """The code, and its label in either language."""
    return {word: choice.value for choice in choices for word in (choice.value, *choice.label.split(" ", 1))}


def _column(field: IndicatorField) -> Column:
    kind = Type.INTEGER if field.kind == "integer" else Type.DECIMAL
    return Column(field.code, field.zh, kind, unit=field.unit, low=field.low, high=field.high)


def check_replacing(load: Load) -> None:
    """`--replace` takes away what the file does not name, public parcels and other regions' among them."""
    if not load.options.replace or load.by is None:
        return
    if not may_publish(load.by) or region_scope(load.by):
        raise NotAllowed(
            zh="替换全部宗地会删除已公开的和其他区域的宗地，您的角色不能这样做；请去掉替换选项。",
            en="Replacing all parcels would delete public ones and other regions'; your role may not. Leave out replace.",
        )


def prepare(batch: Batch, load: Load) -> None:
    """Judges what one value cannot say by itself, and finds each parcel's region."""
    for name in TEXTS:
        if name in batch.columns:
            batch.columns[name] = [value or "" for value in batch.columns[name]]
    if "land_use" in batch.columns:
        batch.columns["land_use"] = [land_use_code(text) for text in batch.columns["land_use"]]
    for name in LISTS:
        if name in batch.columns:
            _read_industries(batch, name)
    _judge_indicators(batch)
    take_further_values(batch, load)
    cite(batch, load)
    _judge_order(batch, "far_min", "far_max", "容积率上限低于下限", "far_max is below far_min")
    _judge_order(batch, "bid_start", "bid_deadline", "报价截止早于开始", "bidding ends before it starts")
    _judge_status(batch, load)
    _place(batch, load)
    rows = load.remember("rows", dict)
    codes = batch.columns["code"]
    rows.update({codes[index]: batch.numbers[index] for index in batch.alive()})


def _read_industries(batch: Batch, name: str) -> None:
    """Codes without their section letter; what is no code is refused, since leaving it out would admit or shut out."""
    read: list[list[str]] = []
    for index, words in enumerate(batch.columns[name]):
        prefixes = [industry_prefix(word) for word in words or ()]
        for word, prefix in zip(words or (), prefixes, strict=True):
            if prefix is None:
                batch.refuse(
                    index,
                    name,
                    word,
                    say(
                        zh=f"“{word}”不是 GB/T 4754 代码，如 38 或 3841",
                        en=f"{word} is no GB/T 4754 code, like 38 or 3841",
                    ),
                )
        read.append([prefix for prefix in prefixes if prefix])
    batch.columns[name] = read


def _judge_indicators(batch: Batch) -> None:
    """Choices that a range cannot say, like 3, 5, 7 or 9 connections."""
    for code, field in of_origin("declared").items():
        if not field.allowed or code not in batch.columns:
            continue
        for index in batch.alive():
            value = batch.columns[code][index]
            fault = None if value is None else field.fault(float(value))
            if fault:
                batch.refuse(index, code, value, fault)


def _judge_order(batch: Batch, first: str, second: str, zh: str, en: str) -> None:
    for index, (low, high) in enumerate(zip(batch.values(first), batch.values(second), strict=True)):
        if low is not None and high is not None and high < low:
            batch.refuse(index, second, high, say(zh=f"{zh}（{low}，{high}）", en=f"{en} ({low}, {high})"))


def _judge_status(batch: Batch, load: Load) -> None:
    """Blank is a draft. Only who may publish brings a parcel past its review, or changes one that is public."""
    known: dict[str, str] = load.remember("statuses", lambda: dict(Parcel.objects.values_list("code", "status")))
    given = batch.columns.get("status")
    if given is not None:
        codes = batch.columns["code"]
        batch.columns["status"] = given = [
            status or known.get(code, Status.DRAFT.value) for status, code in zip(given, codes, strict=True)
        ]
    if load.by is None:
        return
    if may_publish(load.by):
        _leave_review_alone(batch, known, given or ())
        return
    for index in batch.alive():
        before = known.get(batch.columns["code"][index])
        after = given[index] if given is not None else None
        if before in PUBLIC_STATUSES:
            words = say(zh="宗地已公开，只有审核人员可以修改", en="the parcel is public; only a reviewer may change it")
            batch.refuse(index, "code", batch.columns["code"][index], words)
        elif after is not None and after not in BEFORE_REVIEW and after != before:
            words = say(
                zh="您的角色只能导入草稿或已提交的宗地；发布由审核人员办理",
                en="your role may import drafts and submitted parcels; publishing is for a reviewer",
            )
            batch.refuse(index, "status", after, words)


def _leave_review_alone(batch: Batch, known: Mapping[str, str], given: Sequence[str]) -> None:
    """What waits for a reviewer here is approved and published by a step of its own, and by two people."""
    for index in batch.alive() if given else ():
        before, after = known.get(batch.columns["code"][index]), given[index]
        if before in IN_REVIEW and after not in (before, *BEFORE_REVIEW):
            words = say(
                zh="宗地正在审核中，请在发布工作台办理审核和发布，不能由文件代替",
                en="the parcel is under review here; approve and publish it by its own steps, not by a file",
            )
            batch.refuse(index, "status", after, words)


def _place(batch: Batch, load: Load) -> None:
    """The region named in the file, else the smallest around the label point.

    For a role of one region a parcel must lie there, and have lain there before.
    """
    if batch.geometry is None:
        return
    paths: dict[str, str] = load.remember("paths", lambda: dict(Region.objects.values_list("adcode", "path")))
    locator: Locator = load.remember("locator", Locator.of_deployment)
    alive = list(batch.alive())
    points = shapely.get_coordinates(shapely.point_on_surface(batch.geometry[alive]))
    found = dict(zip(alive, locator.locate(np.asarray(points, dtype=float)).regions, strict=True))
    named = batch.columns.pop("region", None)
    scope = region_scope(load.by) if load.by is not None else None
    homes: dict[str, str | None] = load.remember(
        "homes", lambda: dict(Parcel.objects.values_list("code", "region_id")) if scope else {}
    )
    regions: list[str | None] = [None] * len(batch)
    for index, here in found.items():
        region = (named[index] if named else None) or here
        if region is not None and region not in paths:
            words = say(zh=f"没有代码为 {region} 的区域", en=f"there is no region {region}")
            batch.refuse(index, "region", region, words)
            continue
        if region != here and here is not None and f"/{region}/" not in paths[here]:
            words = say(
                zh=f"所填区域 {region} 与位置（{here}）不符", en=f"region {region} is not where it lies ({here})"
            )
            batch.remark(index, "region", words)
        if region is None and paths:
            batch.remark(index, "region", say(zh="不在任何已载入的区域内", en="lies in no region that is loaded"))
        before = homes.get(batch.columns["code"][index], region)
        if scope and not all(f"/{scope}/" in paths.get(place or "", "") for place in (region, before)):
            batch.refuse(index, "region", region, outside(scope))
        regions[index] = region
    batch.columns["region_id"] = regions


def tell_overlaps(load: Load) -> None:
    """Two parcels that share more than 1 % of the smaller one are told of, with both codes."""
    rows: dict[str, int] = load.remember("rows", dict)
    with connection.cursor() as cursor:
        cursor.execute(statement("overlaps.sql", "landparcels.sql"), {"source": load.source.pk, "share": OVERLAP})
        found = cursor.fetchall()
    load.report.add_remarks(
        [
            Remark(
                rows.get(code, 0),
                "geometry",
                say(
                    zh=f"宗地 {code} 与 {other} 重叠 {100 * share:.1f}%",
                    en=f"parcel {code} overlaps {other} by {100 * share:.1f} %",
                ),
            )
            for code, other, share in found
        ]
    )


def after_load(load: Load) -> None:
    tell_overlaps(load)
    record_states(load)


register(
    Kind(
        name="parcels",
        zh="宗地",
        en="Parcels",
        model=Parcel,
        key=("code",),
        columns=(
            Column("code", "宗地编号", Type.CODE, required=True, longest=60),
            Column("name", "名称", longest=200),
            Column("region", "行政区", Type.ADCODE),
            Column("land_use", "用途", Type.CODE, longest=40),
            Column("admits", "准入行业", Type.LIST),
            Column("excludes", "负面清单", Type.LIST),
            Column("hazard_max", "最高危险等级", Type.CHOICE, choices=_spellings(Hazard)),
            Column("divisible", "可分割", Type.FLAG),
            Column("supply_mode", "供应方式", Type.CHOICE, choices=_spellings(SupplyMode)),
            Column("bid_start", "报价开始", Type.DATE),
            Column("bid_deadline", "报价截止", Type.DATE),
            Column("deposit", "保证金", Type.DECIMAL, unit="10k CNY", low=0, high=1e7),
            Column("price_step", "加价幅度", Type.DECIMAL, unit="10k CNY", low=0, high=1e6),
            Column("contact_office", "联系部门", longest=120),
            Column("contact_phone", "联系电话", Type.CODE, longest=40),
            Column("status", "状态", Type.CHOICE, choices=_spellings(Status)),
            Column("planned_listing", "拟挂牌日期", Type.DATE),
            *(_column(field) for field in of_origin("declared").values()),
        ),
        geometry=Shape.POLYGON,
        geometry_column="outline",
        before=check_replacing,
        prepare=prepare,
        after=after_load,
        extra_columns=further_columns,
    )
)
