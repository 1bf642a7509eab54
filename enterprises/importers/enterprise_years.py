"""Yearly figures of firms that are loaded already."""

from enterprises.importers.years import refuse_years_ahead
from enterprises.models import FIRST_YEAR, LAST_YEAR, SIGNED, Enterprise, EnterpriseYear
from enterprises.reach import refuse_facts_elsewhere
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say

MOST_MONEY = 1e9
"""10k CNY: ten trillion yuan, more than any firm turns over."""


def prepare(batch: Batch, load: Load) -> None:
    """The firm behind each identifier; a year of an unknown firm, or one ahead of us, is refused."""
    refuse_facts_elsewhere(batch, load, "uscc")
    refuse_years_ahead(batch)
    known = load.ids(Enterprise, "uscc")
    firms = [known.get(uscc) for uscc in batch.columns["uscc"]]
    for index in list(batch.alive()):
        if firms[index] is None:
            uscc = batch.columns["uscc"][index]
            batch.refuse(
                index,
                "uscc",
                uscc,
                say(
                    zh="没有这家企业；请先导入企业名录（enterprises）",
                    en="there is no such firm; load the enterprises first",
                ),
            )
    batch.columns["enterprise_id"] = firms


def _money(name: str, zh: str) -> Column:
    low = -MOST_MONEY if name in SIGNED else 0
    return Column(name, zh, Type.DECIMAL, unit="10k CNY", low=low, high=MOST_MONEY)


def _amount(name: str, zh: str, unit: str, high: float) -> Column:
    return Column(name, zh, Type.DECIMAL, unit=unit, low=0, high=high)


register(
    Kind(
        name="enterprise_years",
        zh="企业年度数据",
        en="Yearly figures of enterprises",
        model=EnterpriseYear,
        key=("uscc", "year"),
        conflict=("enterprise_id", "year"),
        columns=(
            Column("uscc", "统一社会信用代码", Type.USCC, required=True, longest=80, db=""),
            Column("year", "年份", Type.INTEGER, required=True, low=FIRST_YEAR, high=LAST_YEAR),
            _money("output", "产值"),
            _money("value_added", "增加值"),
            _money("revenue", "营业收入"),
            _money("profit", "利润"),
            _money("tax", "税收"),
            Column("employees", "从业人数", Type.INTEGER, unit="persons", low=0, high=2e6),
            _money("rd", "研发经费"),
            _money("investment", "投资"),
            Column("patents", "专利数", Type.INTEGER, unit="pieces", low=0, high=1e6),
            _amount("energy_tce", "能耗", "tce", 1e9),
            _amount("water_m3", "用水量", "m3", 1e11),
            _amount("cod_kg", "化学需氧量", "kg", 1e10),
            _amount("nox_kg", "氮氧化物", "kg", 1e10),
            _amount("power_kwh", "用电量", "kWh", 1e13),
        ),
        prepare=prepare,
    )
)
