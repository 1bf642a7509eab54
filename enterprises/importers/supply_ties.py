"""Supply ties: which firm buys from which, for how much."""

from enterprises.importers.years import refuse_years_ahead
from enterprises.models import FIRST_YEAR, LAST_YEAR, Enterprise, SupplyTie
from enterprises.reach import refuse_facts_elsewhere
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say


def prepare(batch: Batch, load: Load) -> None:
    """Identifiers become firms; both must be loaded, and be two."""
    refuse_facts_elsewhere(batch, load, "supplier", "customer")
    refuse_years_ahead(batch)
    firms = load.ids(Enterprise, "uscc")
    ends = {name: batch.columns.pop(name) for name in ("supplier", "customer")}
    for index in batch.alive():
        for name, codes in ends.items():
            if codes[index] not in firms:
                batch.refuse(
                    index,
                    name,
                    codes[index],
                    say(
                        zh=f"没有标识为 {codes[index]} 的企业；请先用 enterprises 导入",
                        en=f"there is no enterprise {codes[index]}; load it with enterprises first",
                    ),
                )
        if ends["supplier"][index] == ends["customer"][index]:
            batch.refuse(
                index,
                "customer",
                ends["customer"][index],
                say(zh="供应方与采购方是同一家企业", en="supplier and customer are one firm"),
            )
    for name, codes in ends.items():
        batch.columns[f"{name}_id"] = [firms.get(code) for code in codes]


register(
    Kind(
        name="supply_ties",
        zh="企业供应关系",
        en="Supply ties",
        model=SupplyTie,
        key=("supplier", "customer"),
        conflict=("supplier_id", "customer_id"),
        columns=(
            Column("supplier", "供应企业", Type.USCC, required=True),
            Column("customer", "采购企业", Type.USCC, required=True),
            Column("year", "年份", Type.INTEGER, low=FIRST_YEAR, high=LAST_YEAR),
            Column("amount", "金额", Type.DECIMAL, unit="万元", low=0, high=1e10),
        ),
        prepare=prepare,
    )
)
