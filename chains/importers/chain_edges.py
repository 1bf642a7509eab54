"""Supply edges: who uses whose product, and how much of it per unit of value."""

from chains.importers.lookups import chain_ids, leaf_id, nodes_of
from chains.models import LARGEST_COEFFICIENT, ChainEdge
from geo.importing.batch import Batch
from geo.importing.kinds import Column, Kind, Type, register
from geo.importing.load import Load
from geo.words import say


def prepare(batch: Batch, load: Load) -> None:
    """Names become nodes; a self-loop says nothing and is dropped, an edge at a parent is refused."""
    chains, sources, targets = (batch.columns.pop(name) for name in ("chain", "source", "target"))
    suppliers: list[int | None] = [None] * len(batch)
    customers: list[int | None] = [None] * len(batch)
    for index in batch.alive():
        chain, source, target = chains[index], sources[index], targets[index]
        if source == target:
            batch.drop(
                index,
                "target",
                say(zh=f"环节“{source}”指向自身，已略去", en=f"node {source} would supply itself; left out"),
            )
            continue
        suppliers[index] = leaf_id(batch, index, "source", chain, source, load)
        if nodes_of(load, chain) is not None:  # else the row was refused for its chain already
            customers[index] = leaf_id(batch, index, "target", chain, target, load)
    batch.columns["chain_id"] = [chain_ids(load).get(chain) for chain in chains]
    batch.columns["supplier_id"] = suppliers
    batch.columns["customer_id"] = customers


register(
    Kind(
        name="chain_edges",
        zh="产业链供应关系",
        en="Supply edges of chains",
        model=ChainEdge,
        key=("chain", "source", "target"),
        conflict=("chain_id", "supplier_id", "customer_id"),
        last_stands=True,
        columns=(
            Column("chain", "产业链", Type.CODE, required=True, longest=60),
            Column("source", "供应环节", Type.CODE, required=True, longest=120),
            Column("target", "使用环节", Type.CODE, required=True, longest=120),
            Column("coefficient", "投入系数", Type.DECIMAL, low=0, high=LARGEST_COEFFICIENT),
        ),
        prepare=prepare,
        citywide=True,
    )
)
