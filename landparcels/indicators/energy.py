"""Prices of energy and water, and what the networks around the parcel can still carry."""

from django.db import models

from landparcels.indicators.field import IndicatorField


class EnergyIndicators(models.Model):
    """Indicators of the group `energy`; METHODS 5 and domain words say what each figure means."""

    electricity_price = IndicatorField(
        "工业电价",
        "Industrial electricity price",
        group="energy",
        unit="CNY/kWh",
        bound="lower_better",
        origin="regional",
        low=0,
        high=5,
        department="供电",
        note_zh="两部制 35 千伏代理购电月度平均到户价",
        note_en="average all-in price of the two-part tariff at 35 kV, monthly agency purchase",
    )
    electricity_valley_price = IndicatorField(
        "谷段电价",
        "Off-peak electricity price",
        group="energy",
        unit="CNY/kWh",
        bound="lower_better",
        origin="regional",
        low=0,
        high=5,
        department="供电",
    )
    power_capacity = IndicatorField(
        "可接入电力容量",
        "Spare power capacity",
        group="energy",
        unit="MVA",
        bound="higher_better",
        origin="computed",
        low=0,
        high=3200,
        department="供电",
        note_zh="服务半径内单站最大余量（METHODS 5）",
        note_en="largest single residual within the catchment (METHODS 5)",
    )
    water_price = IndicatorField(
        "工业水价",
        "Industrial water price",
        group="energy",
        unit="CNY/m3",
        bound="lower_better",
        origin="regional",
        low=0,
        high=116,
        department="水务",
    )
    water_capacity = IndicatorField(
        "可供水量",
        "Spare water supply",
        group="energy",
        unit="m3/d",
        bound="higher_better",
        origin="computed",
        low=0,
        high=1_000_000,
        department="水务",
    )
    gas_price = IndicatorField(
        "工业气价",
        "Industrial gas price",
        group="energy",
        unit="CNY/m3",
        bound="lower_better",
        origin="regional",
        low=0,
        high=96,
        department="发改/燃气",
    )
    gas_capacity = IndicatorField(
        "可供气量",
        "Spare gas supply",
        group="energy",
        unit="m3/h",
        bound="higher_better",
        origin="computed",
        low=0,
        high=600_000,
        department="燃气",
    )
    steam_price = IndicatorField(
        "蒸汽价格",
        "Steam price",
        group="energy",
        unit="CNY/t",
        bound="lower_better",
        origin="regional",
        low=0,
        high=6600,
        department="热力",
        note_zh="没有供热管网处为空",
        note_en="empty where there is no steam network",
    )
    sewage_price = IndicatorField(
        "污水处理价格",
        "Sewage treatment price",
        group="energy",
        unit="CNY/m3",
        bound="lower_better",
        origin="regional",
        low=0,
        high=80,
        department="水务",
    )
    sewage_capacity = IndicatorField(
        "污水处理余量",
        "Spare sewage treatment",
        group="energy",
        unit="m3/d",
        bound="higher_better",
        origin="computed",
        low=0,
        high=800_000,
        department="水务",
    )

    class Meta:
        abstract = True
