"""Which enterprise makes what: its products by node, each with a share of its output."""

from chains.importers.lookups import leaf_id
from chains.models import EnterpriseNode
from enterprises.models import Enterprise
from enterprises.reach import refuse_facts_elsewhere
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say


def prepare(batch: Batch, load: Load) -> None:
    """Codes become rows; a product without a name is one product, so it may stand once per enterprise and node."""
    refuse_facts_elsewhere(batch, load, "uscc")
    enterprises = load.ids(Enterprise, "uscc")
    unnamed: dict[tuple[str, str, str], int] = load.remember("unnamed products", dict)
    codes, chains, names = (batch.columns.pop(name) for name in ("uscc", "chain", "node"))
    products = batch.values("product")
    nodes: list[int | None] = [None] * len(batch)
    for index in batch.alive():
        uscc, chain, node = codes[index], chains[index], names[index]
        if uscc not in enterprises:
            batch.refuse(
                index,
                "uscc",
                uscc,
                say(
                    zh=f"没有标识为 {uscc} 的企业；请先用 enterprises 导入",
                    en=f"there is no enterprise {uscc}; load it with enterprises first",
                ),
            )
            continue
        nodes[index] = leaf_id(batch, index, "node", chain, node, load)
        if not products[index]:
            first = unnamed.setdefault((uscc, chain, node), batch.numbers[index])
            if first != batch.numbers[index]:
                batch.refuse(index, "product", None, say(zh=f"与第 {first} 行重复", en=f"the same key as row {first}"))
    batch.columns["enterprise_id"] = [enterprises.get(uscc) for uscc in codes]
    batch.columns["node_id"] = nodes
    batch.columns["product"] = [product or "" for product in products]


register(
    Kind(
        name="enterprise_nodes",
        zh="企业所在环节",
        en="Products of enterprises by node",
        model=EnterpriseNode,
        key=("uscc", "chain", "node", "product"),
        conflict=("enterprise_id", "node_id", "product"),
        columns=(
            Column("uscc", "统一社会信用代码", Type.USCC, required=True),
            Column("chain", "产业链", Type.CODE, required=True, longest=60),
            Column("node", "环节", Type.CODE, required=True, longest=120),
            Column("product", "产品", longest=200),
            Column("share", "占产值比重", Type.SHARE),
        ),
        prepare=prepare,
    )
)
