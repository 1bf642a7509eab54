"""Distances, housing and readiness."""

from django.db import models

from landparcels.indicators.field import IndicatorField


class ServicesIndicators(models.Model):
    """Indicators of the group `services`; METHODS 5 and domain words say what each figure means."""

    highway_km = IndicatorField(
        "距高速出入口",
        "Distance to motorway access",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=440,
        department="交通",
    )
    rail_km = IndicatorField(
        "距铁路货运站",
        "Distance to rail freight station",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=900,
        department="铁路",
    )
    airport_km = IndicatorField(
        "距机场",
        "Distance to airport",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=1900,
        department="交通",
    )
    port_km = IndicatorField(
        "距港口",
        "Distance to port",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=2300,
        department="交通",
        note_zh="未载入港口时为未知",
        note_en="unknown when no port is loaded",
    )
    metro_km = IndicatorField(
        "距地铁站",
        "Distance to metro station",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=1700,
        department="交通",
        note_zh="未载入地铁站时为未知",
        note_en="unknown when no metro station is loaded",
    )
    hospital_km = IndicatorField(
        "距医院",
        "Distance to hospital",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=400,
        department="卫健",
        note_zh="仅计综合医院",
        note_en="general hospitals only",
    )
    school_km = IndicatorField(
        "距学校",
        "Distance to school",
        group="services",
        unit="km",
        bound="lower_better",
        origin="computed",
        low=0,
        high=180,
        department="教育",
        note_zh="仅计中小学",
        note_en="primary and secondary schools only",
    )
    housing_units = IndicatorField(
        "周边人才住房",
        "Rental and talent housing nearby",
        group="services",
        unit="units",
        bound="higher_better",
        origin="computed",
        low=0,
        high=240_000,
        kind="integer",
        department="住建",
        note_zh="5 km 内",
        note_en="within 5 km",
    )
    regional_assessments = IndicatorField(
        "已完成区域评估项数",
        "Regional assessments completed",
        group="services",
        unit="count",
        bound="higher_better",
        origin="declared",
        low=0,
        high=10,
        kind="integer",
        department="园区管委会",
        note_zh="按十项区域评估清单计数（节能、环境、水土保持、地质灾害、压覆矿产、洪水、水资源、文物、地震、气候）",
        note_en="counted from the readiness checklist: of ten "
        "(energy; environment; soil and water; geological hazard; "
        "mineral overlay; flood; water resources; heritage; seismic; climate)",
    )

    class Meta:
        abstract = True
