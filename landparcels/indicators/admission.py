"""Admission indicators 准入指标: what a project commits to when it takes the parcel."""

from django.db import models

from landparcels.indicators.field import IndicatorField


class AdmissionIndicators(models.Model):
    """Indicators of the group `admission`; METHODS 5 and domain words say what each figure means."""

    far_min = IndicatorField(
        "容积率下限",
        "Minimum floor area ratio",
        group="admission",
        unit="1",
        bound="at_least",
        origin="declared",
        low=0,
        high=10,
        department="自然资源和规划",
        note_zh="标准地五项核心指标之一（规划建设）",
        note_en="one of the five core 标准地 indicators (construction)",
    )
    far_max = IndicatorField(
        "容积率上限",
        "Maximum floor area ratio",
        group="admission",
        unit="1",
        bound="at_most",
        origin="declared",
        low=0,
        high=10,
        department="自然资源和规划",
        note_zh="不低于容积率下限",
        note_en="not below far_min",
    )
    building_coefficient_min = IndicatorField(
        "建筑系数下限",
        "Minimum building coefficient",
        group="admission",
        unit="%",
        bound="at_least",
        origin="declared",
        low=0,
        high=100,
        department="自然资源和规划",
        note_zh="建筑物、构筑物及堆场占地与宗地面积之比；国家对工业用地的下限为 40%，早年条件为 30%",
        note_en="footprint of buildings and yards over parcel area; "
        "national floor for industry is 40 %, older conditions 30 %",
    )
    green_ratio_max = IndicatorField(
        "绿地率上限",
        "Maximum green-space ratio",
        group="admission",
        unit="%",
        bound="at_most",
        origin="declared",
        low=0,
        high=100,
        department="自然资源和规划",
        note_zh="国家对工业用地的上限为 20%",
        note_en="national ceiling for industry is 20 %",
    )
    building_height_max = IndicatorField(
        "建筑限高",
        "Maximum building height",
        group="admission",
        unit="m",
        bound="at_most",
        origin="declared",
        low=1,
        high=500,
        department="自然资源和规划",
    )
    office_land_ratio_max = IndicatorField(
        "行政办公及生活服务用地占比上限",
        "Maximum share of office and living land",
        group="admission",
        unit="%",
        bound="at_most",
        origin="declared",
        low=0,
        high=100,
        department="自然资源和规划",
        note_zh="国家对工业用地的上限为 7%",
        note_en="national ceiling for industry is 7 %",
    )
    investment_intensity_min = IndicatorField(
        "固定资产投资强度",
        "Minimum fixed-asset investment intensity",
        group="admission",
        unit="10k CNY/mu",
        bound="at_least",
        origin="declared",
        low=0,
        high=18000,
        department="工信/发改",
        note_zh="标准地五项核心指标之一",
        note_en="one of the five core 标准地 indicators",
    )
    output_per_mu_min = IndicatorField(
        "亩均产值",
        "Minimum output value per mu",
        group="admission",
        unit="10k CNY/mu/yr",
        bound="at_least",
        origin="declared",
        low=0,
        high=36000,
        department="工信/经信",
    )
    tax_per_mu_min = IndicatorField(
        "亩均税收",
        "Minimum tax per mu",
        group="admission",
        unit="10k CNY/mu/yr",
        bound="at_least",
        origin="declared",
        low=0,
        high=1600,
        department="税务",
        note_zh="标准地五项核心指标之一",
        note_en="one of the five core 标准地 indicators",
    )
    energy_per_value_added_max = IndicatorField(
        "单位增加值能耗上限",
        "Maximum energy use per value added",
        group="admission",
        unit="tce/10k CNY",
        bound="at_most",
        origin="declared",
        low=0,
        high=40,
        department="发改",
        note_zh="标准地五项核心指标之一",
        note_en="one of the five core 标准地 indicators",
    )
    cod_per_value_added_max = IndicatorField(
        "单位增加值COD排放上限",
        "Maximum COD discharge per value added",
        group="admission",
        unit="kg/10k CNY",
        bound="at_most",
        origin="declared",
        low=0,
        high=30,
        department="生态环境",
        note_zh="标准地五项核心指标之一（排放）",
        note_en="one of the five core 标准地 indicators (emission)",
    )
    nox_per_value_added_max = IndicatorField(
        "单位增加值氮氧化物排放上限",
        "Maximum NOx emission per value added",
        group="admission",
        unit="kg/10k CNY",
        bound="at_most",
        origin="declared",
        low=0,
        high=24,
        department="生态环境",
    )
    water_per_value_added_max = IndicatorField(
        "单位增加值用水量上限",
        "Maximum water use per value added",
        group="admission",
        unit="m3/10k CNY",
        bound="at_most",
        origin="declared",
        low=0,
        high=600,
        department="水务",
    )
    rd_intensity_min = IndicatorField(
        "研发投入强度下限",
        "Minimum R&D intensity",
        group="admission",
        unit="%",
        bound="at_least",
        origin="declared",
        low=0,
        high=100,
        department="科技",
        note_zh="研发费用与营业收入之比",
        note_en="R&D spending over revenue",
    )
    jobs_per_mu_min = IndicatorField(
        "亩均就业下限",
        "Minimum jobs per mu",
        group="admission",
        unit="persons/mu",
        bound="at_least",
        origin="declared",
        low=0,
        high=160,
        department="人社",
    )

    class Meta:
        abstract = True
