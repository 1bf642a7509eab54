"""Land that changed hands over the last seven years: what a start price of today is held against."""

from collections.abc import Iterator
from datetime import date, timedelta

from democity.policy import DISTRICTS
from democity.randomness import stream
from democity.rows import Row

LAND_DEALS = (
    "code region address project holder land_use industry way signed_on area_mu price term far_min far_max "
    "handover_on start_by complete_by authority"
)
FIRST_YEAR, LAST_DAY = 2019, date(2026, 6, 30)
USES = (("工业用地", 0.72), ("仓储用地", 0.1), ("其他商服用地", 0.1), ("公用设施用地", 0.08))
INDUSTRIES = (
    "通用设备制造业",
    "汽车制造业",
    "电气机械和器材制造业",
    "食品制造业",
    "化学原料和化学制品制造业",
    "计算机、通信和其他电子设备制造业",
)
PLACES = ("经济开发区", "临港产业园", "高新片区", "先进制造业园", "物流园")


def past_deals(seed: int, number: int) -> Iterator[Row]:
    """Dearer in the middle of the city, up by about three per cent a year; public works are allocated without a price."""
    rng = stream(seed, "deals")
    districts = list(DISTRICTS)
    days = (LAST_DAY - date(FIRST_YEAR, 1, 1)).days
    for one in range(number):
        district = districts[int(rng.choice(len(districts), p=_weights(districts)))]
        signed = date(FIRST_YEAR, 1, 1) + timedelta(int(rng.integers(days)))
        use = str(rng.choice([use for use, _ in USES], p=[share for _, share in USES]))
        area = round(float(rng.lognormal(3.7, 0.6)), 2)
        allocated = use == "公用设施用地"
        per_mu = (22 + 26 * DISTRICTS[district]) * 1.03 ** (signed.year - 2024) * float(rng.normal(1, 0.09))
        per_mu *= 3.2 if use == "其他商服用地" else 1
        start = signed + timedelta(int(rng.integers(150, 360)))
        number_of = f"{district}{signed:%Y}D{one:04}"
        place = f"{rng.choice(PLACES)}第 {int(rng.integers(1, 60))} 号地块"
        yield (
            number_of, district, place, f"{place}项目（演示）", "" if allocated else f"演示企业 {one % 97:02} 号有限公司",
            use, str(rng.choice(INDUSTRIES)) if use == "工业用地" else "", "划拨" if allocated else "挂牌出让", signed, area,
            "" if allocated else round(per_mu * area, 2), "" if allocated else "50", 1.0 if use == "工业用地" else "",
            2.5 if use == "工业用地" else "", signed + timedelta(60), start, start + timedelta(540), "自然资源和规划局（演示）",
        )  # fmt: skip


def _weights(districts: list[str]) -> list[float]:
    """Industry land is let where it is cheap."""
    weights = [1.3 - DISTRICTS[district] for district in districts]
    return [weight / sum(weights) for weight in weights]
