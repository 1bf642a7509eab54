"""Results of land transfers. They come with an address and no coordinates, so each is put at its district, by name."""

from collections.abc import Iterable

from django.db.models import F

from geo.divisions import name_of
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.models import Region
from geo.reach import region_fault
from geo.words import say
from landparcels.deals.models import LandDeal, SupplyWay

WAYS = {
    "挂牌出让": "listing", "挂牌": "listing", "拍卖出让": "auction", "拍卖": "auction", "招标出让": "tender", "招标": "tender",
    "协议出让": "agreement", "协议": "agreement", "划拨": "allocation", "租赁": "lease", "其他": "other", "其它": "other",
    "授权经营": "other", "作价出资": "other", "作价出资或入股": "other", **{way: way for way in SupplyWay.values},
}  # fmt: skip
LEVEL_WORDS = ("自治县", "新区", "市", "区", "县")
BOTH, REVERSED, ORDERED, NONE = "both", "reversed", "ordered", "none"


def stem(name: str) -> str:
    """即墨市 and 即墨区 are one place before and after it became a district."""
    word = next((word for word in LEVEL_WORDS if name.endswith(word) and len(name) > len(word) + 1), "")
    return name.removesuffix(word)


class Districts:
    """The regions of this deployment by what results call them: a city's name and a district's."""

    def __init__(self, regions: Iterable[Region]) -> None:
        named = {region.adcode: region for region in regions}
        self.adcodes = frozenset(named)
        self.districts = {(stem(self._city_of(one, named)), stem(one.name)): one.adcode for one in named.values()}
        self.cities = {stem(one.name): one.adcode for one in named.values() if one.level == "city"}

    def find(self, above: str, district: str) -> str | None:
        """`above` is 省,市; without a district the deal stands at its city, where that is in this deployment."""
        city = stem(above.replace("，", ",").split(",")[-1].strip())
        if district:
            return self.districts.get((city, stem(district.strip())))
        return self.cities.get(city)

    @staticmethod
    def _city_of(region: Region, named: dict[str, Region]) -> str:
        """The parent's name; a district that is a root of its own has only its adcode, which the divisions name."""
        if region.parent_id in named:
            return named[region.parent_id].name
        return name_of(region.adcode[:4] + "00") or ""


def prepare(batch: Batch, load: Load) -> None:
    """Finds the district; turns floor area ratios that stand the wrong way round; what lies elsewhere is left out.

    A role of one region loads the deals that stand there, and stood there before.
    """
    districts: Districts = load.remember("districts", lambda: Districts(_regions()))
    tally: dict[str, int] = load.remember("tally", lambda: dict.fromkeys((BOTH, REVERSED, ORDERED, NONE), 0))
    given, above, below = batch.values("region"), batch.values("city"), batch.values("district")
    stored = LandDeal.objects.filter(code__in=batch.columns["code"])
    homes = dict(stored.values_list("code", "region")) if load.by is not None else {}
    regions: list[str | None] = [None] * len(batch)
    for index in list(batch.alive()):
        if given[index]:
            regions[index] = given[index] if given[index] in districts.adcodes else None
        else:
            regions[index] = districts.find(above[index] or "", below[index] or "")
        if regions[index] is None:
            shown = given[index] or f"{above[index] or ''} {below[index] or ''}".strip()
            batch.drop(
                index, "region", say(zh=f"不在本部署的行政区内：{shown}", en=f"outside this deployment: {shown}")
            )
        elif problem := region_fault(regions[index], load):
            batch.refuse(index, "region", regions[index], problem)
        elif (home := homes.get(batch.columns["code"][index])) and (problem := region_fault(home, load)):
            batch.refuse(index, "code", batch.columns["code"][index], problem)
    lows, highs = list(batch.values("far_min")), list(batch.values("far_max"))
    for index in batch.alive():
        lows[index], highs[index] = _in_order(lows[index], highs[index], tally)
    batch.columns |= {"region_id": regions, "far_min": lows, "far_max": highs}
    batch.columns["way"] = [way or SupplyWay.OTHER for way in batch.values("way")]
    for used_up in ("region", "city", "district"):
        batch.columns.pop(used_up, None)


def _in_order(low: float | None, high: float | None, tally: dict[str, int]) -> tuple[float | None, float | None]:
    """0 says nothing; of two the smaller is the lower bound, whatever its heading."""
    low, high = low or None, high or None
    if low is None or high is None:
        tally[NONE] += 1
        return low, high
    tally[BOTH] += 1
    tally[REVERSED] += low > high
    tally[ORDERED] += low < high
    return min(low, high), max(low, high)


def judge_headings(load: Load) -> None:
    """Where most pairs stand the wrong way round, so do the headings, and a bound that stands alone changes its side."""
    tally: dict[str, int] = load.remember("tally", lambda: dict.fromkeys((BOTH, REVERSED, ORDERED, NONE), 0))
    if not tally[REVERSED]:
        return
    counts = f"{tally[REVERSED]:,} / {tally[BOTH]:,}"
    if tally[REVERSED] <= tally[ORDERED]:
        words = say(zh=f"容积率上下限颠倒，已对调：{counts} 行", en=f"Floor area ratios turned round in {counts} rows")
    else:
        alone = LandDeal.objects.filter(source=load.source).exclude(far_min__isnull=False, far_max__isnull=False)
        alone.update(far_min=F("far_max"), far_max=F("far_min"))
        words = say(
            zh=f"容积率“上限”“下限”两列的表头疑似对调：{counts} 行上限小于下限（相反的 {tally[ORDERED]:,} 行）；已按对调处理",
            en=f"The headings of the floor area ratio look swapped: in {counts} rows the upper is below the lower "
            f"(the other way in {tally[ORDERED]:,}); they were taken the other way round",
        )
    load.report.notes.append(words)


def _regions() -> Iterable[Region]:
    return Region.objects.filter(level__in=("city", "district")).only("adcode", "name", "level", "parent_id")


register(
    Kind(
        name="land_deals",
        zh="土地成交结果",
        en="Land deals",
        model=LandDeal,
        key=("code",),
        columns=(
            Column("code", "电子监管号", Type.CODE, required=True, longest=80, also=("宗地编号", "合同编号")),
            Column("region", "行政区代码", Type.ADCODE, db=""),
            Column("city", "地区", db=""),
            Column("district", "行政区", db=""),
            Column("address", "项目位置", also=("宗地位置",)),
            Column("project", "项目名称"),
            Column("holder", "土地使用权人", also=("受让人",)),
            Column("land_use", "土地用途", longest=120),
            Column("industry", "行业分类", longest=120),
            Column("way", "供地方式", Type.CHOICE, choices=WAYS),
            Column("signed_on", "签订日期", Type.DATE, required=True, also=("成交日期",)),
            Column("area_mu", "面积", Type.DECIMAL, unit="亩", low=0, high=1e6),
            Column("price", "成交价格", Type.DECIMAL, unit="万元", low=0, high=1e8, also=("成交价",)),
            Column("term", "土地使用年限", longest=200),
            Column("grade", "土地级别", longest=60),
            Column("far_min", "约定容积率(下限)", Type.DECIMAL, low=0, high=1000),
            Column("far_max", "约定容积率(上限)", Type.DECIMAL, low=0, high=1000),
            Column("handover_on", "约定交地时间", Type.DATE),
            Column("start_by", "约定开工时间", Type.DATE),
            Column("complete_by", "约定竣工时间", Type.DATE),
            Column("authority", "批准单位", longest=200),
            Column("link", "链接", longest=500),
        ),
        prepare=prepare,
        after=judge_headings,
    )
)
