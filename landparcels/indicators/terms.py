"""Terms of supply: price, tenure, services and the time allowed."""

from django.db import models

from landparcels.indicators.field import IndicatorField


class TermsIndicators(models.Model):
    """Indicators of the group `terms`; METHODS 5 and domain words say what each figure means."""

    start_price = IndicatorField(
        "起始价",
        "Listing price",
        group="terms",
        unit="10k CNY/mu",
        bound="lower_better",
        origin="declared",
        low=0,
        high=1700,
        department="自然资源和规划",
    )
    tenure_years = IndicatorField(
        "出让年限",
        "Tenure",
        group="terms",
        unit="yr",
        bound="higher_better",
        origin="declared",
        low=1,
        high=70,
        kind="integer",
        department="自然资源和规划",
        note_zh="工业用地最高 50 年",
        note_en="industry: at most 50",
    )
    services_level = IndicatorField(
        "通平条件",
        "Serviced-land level",
        group="terms",
        unit="count",
        bound="higher_better",
        origin="declared",
        low=3,
        high=9,
        kind="integer",
        choices=(3, 5, 7, 9),
        department="园区管委会",
        note_zh="接通 3、5、7 或 9 类市政配套并平整场地（几通一平）",
        note_en="3/5/7/9 utilities connected plus levelling (几通一平)",
    )
    construction_months_max = IndicatorField(
        "建设周期上限",
        "Maximum construction period",
        group="terms",
        unit="month",
        bound="at_most",
        origin="declared",
        low=1,
        high=120,
        kind="integer",
        department="自然资源和规划",
        note_zh="自交地至竣工验收",
        note_en="land hand-over to completion acceptance",
    )
    ramp_up_months_max = IndicatorField(
        "达产期上限",
        "Maximum ramp-up period",
        group="terms",
        unit="month",
        bound="at_most",
        origin="declared",
        low=0,
        high=120,
        kind="integer",
        department="工信/经信",
        note_zh="自竣工至达产",
        note_en="completion to full production",
    )

    class Meta:
        abstract = True
