"""The closed lists of this room: facility categories, zone kinds, hazard classes."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class FacilityCategory:
    """`catchment_km` is how far its capacity reaches; None: it has none to give."""

    code: str
    group: str
    name_zh: str
    name_en: str
    capacity_unit: str | None = None
    catchment_km: float | None = None


FACILITY_CATEGORIES: dict[str, FacilityCategory] = {
    category.code: category
    for category in (
        FacilityCategory("substation", "utilities", "变电站", "Substation", "MVA", 8),
        FacilityCategory("water_plant", "utilities", "自来水厂", "Water works", "m3/d", 15),
        FacilityCategory("gas_station", "utilities", "天然气门站", "Gas gate station", "m3/h", 15),
        FacilityCategory("sewage_plant", "utilities", "污水处理厂", "Sewage works", "m3/d", 15),
        FacilityCategory("heat_plant", "utilities", "热源厂", "Heat plant", "t/h", 10),
        FacilityCategory("motorway_access", "transport", "高速公路出入口", "Motorway access"),
        FacilityCategory("rail_freight", "transport", "铁路货运站", "Rail freight station"),
        FacilityCategory("rail_passenger", "transport", "铁路客运站", "Railway station"),
        FacilityCategory("airport", "transport", "机场", "Airport"),
        FacilityCategory("port", "transport", "港口", "Port"),
        FacilityCategory("metro", "transport", "地铁站", "Metro station"),
        FacilityCategory("hospital", "services", "医院", "Hospital", "beds"),
        FacilityCategory("school", "services", "学校", "School", "seats"),
        FacilityCategory("vocational_school", "services", "职业院校", "Vocational school", "persons/yr", 20),
        FacilityCategory("university", "innovation", "高等院校", "University", "persons/yr"),
        FacilityCategory("laboratory", "innovation", "重点实验室", "Laboratory"),
        FacilityCategory("housing", "services", "人才住房", "Rental and talent housing", "units", 5),
        FacilityCategory("fire_station", "services", "消防站", "Fire station"),
        FacilityCategory("logistics", "transport", "物流园区", "Logistics park"),
        FacilityCategory("commerce", "services", "商业服务", "Commerce and services"),
    )
}


@dataclass(frozen=True, slots=True)
class ZoneKind:
    """`excludes`: nothing may be built there (METHODS 6). The rest inform, bound hazard or mark where building is meant."""

    code: str
    name_zh: str
    name_en: str
    excludes: bool = False


ZONE_KINDS: dict[str, ZoneKind] = {
    kind.code: kind
    for kind in (
        ZoneKind("ecological_redline", "生态保护红线", "Ecological red line", excludes=True),
        ZoneKind("permanent_farmland", "永久基本农田", "Permanent basic farmland", excludes=True),
        ZoneKind("urban_development_boundary", "城镇开发边界", "Urban development boundary"),
        ZoneKind("industrial_block", "工业用地控制线", "Protected industrial block"),
        ZoneKind("flood", "洪涝风险区", "Flood zone", excludes=True),
        ZoneKind("water_source", "饮用水水源保护区", "Water source protection", excludes=True),
        ZoneKind("nature_reserve", "自然保护地", "Nature reserve", excludes=True),
        ZoneKind("heritage", "文物保护范围", "Heritage protection", excludes=True),
        ZoneKind("geological_hazard", "地质灾害高易发区", "Geological hazard", excludes=True),
        ZoneKind("airport_clearance", "机场净空保护区", "Airport clearance"),
        ZoneKind("coastal_protection", "海岸带保护范围", "Coastal protection"),
        ZoneKind("corridor", "基础设施廊道", "Infrastructure corridor", excludes=True),
        ZoneKind("chemical_park", "化工园区", "Chemical park"),
        ZoneKind("development_zone", "开发区", "Development zone"),
    )
}


PUBLIC_ZONE_KINDS = ("development_zone", "chemical_park", "industrial_block")


class Hazard(models.TextChoices):
    """Hazard class of a project, and the highest that a zone or parcel takes; they order as listed."""

    NONE = "none", "无 None"
    LOW = "low", "低 Low"
    MEDIUM = "medium", "中 Medium"
    HIGH = "high", "高 High"
