"""Taxes, wages, subsidies and people of the place."""

from django.db import models

from landparcels.indicators.field import IndicatorField


class PolicyIndicators(models.Model):
    """Indicators of the group `policy`; METHODS 5 and domain words say what each figure means."""

    corporate_tax_rate = IndicatorField(
        "企业所得税适用税率",
        "Applicable corporate income tax rate",
        group="policy",
        unit="%",
        bound="lower_better",
        origin="regional",
        low=0,
        high=100,
        department="税务",
        note_zh="当地法定税率；企业自身资格（高新 15%）不属于地块",
        note_en="statutory for the place; a firm’s own status (高新 15 %) is not a place’s",
    )
    land_use_tax = IndicatorField(
        "城镇土地使用税",
        "Urban land use tax",
        group="policy",
        unit="CNY/m2/yr",
        bound="lower_better",
        origin="regional",
        low=0,
        high=384,
        department="税务",
    )
    average_wage = IndicatorField(
        "制造业平均工资",
        "Average manufacturing wage",
        group="policy",
        unit="CNY/month",
        bound="lower_better",
        origin="regional",
        low=0,
        high=210_000,
        department="人社",
    )
    employer_insurance_rate = IndicatorField(
        "社保单位费率",
        "Employer social-insurance rate",
        group="policy",
        unit="%",
        bound="lower_better",
        origin="regional",
        low=0,
        high=100,
        department="人社/医保/税务",
        note_zh="养老、医疗（含生育）、失业、工伤；不含住房公积金",
        note_en="pension, medical with maternity, unemployment, work injury; without housing fund",
    )
    hiring_subsidy = IndicatorField(
        "用工补贴",
        "Hiring subsidy",
        group="policy",
        unit="CNY/person",
        bound="higher_better",
        origin="regional",
        low=0,
        high=60000,
        department="人社",
    )
    labour_catchment = IndicatorField(
        "通勤圈劳动力",
        "Labour within commuting distance",
        group="policy",
        unit="persons",
        bound="higher_better",
        origin="computed",
        low=0,
        high=18_000_000,
        kind="integer",
        department="人社",
        note_zh="10 km 内 H3 网格的常住就业人口",
        note_en="resident workers in the H3 cells within 10 km",
    )
    vocational_graduates = IndicatorField(
        "职校年毕业生",
        "Vocational graduates per year",
        group="policy",
        unit="persons/yr",
        bound="higher_better",
        origin="computed",
        low=0,
        high=700_000,
        kind="integer",
        department="教育/人社",
        note_zh="20 km 内职业院校",
        note_en="schools within 20 km",
    )

    class Meta:
        abstract = True
