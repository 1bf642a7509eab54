"""Chains for tests: bare nodes and edges, and one whole chain whose figures can be worked out by hand."""

import factory

from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from enterprises.models import Enterprise
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory


class ChainFactory(factory.django.DjangoModelFactory[Chain]):
    class Meta:
        model = Chain

    code = factory.Sequence(lambda number: f"chain-{number}")
    name = factory.LazyAttribute(lambda chain: f"产业链 {chain.code}")


class ChainNodeFactory(factory.django.DjangoModelFactory[ChainNode]):
    class Meta:
        model = ChainNode

    chain = factory.SubFactory(ChainFactory)
    code = factory.Sequence(lambda number: f"node-{number}")
    name = factory.LazyAttribute(lambda node: f"环节 {node.code}")
    stage = "midstream"


class ChainEdgeFactory(factory.django.DjangoModelFactory[ChainEdge]):
    """Between two nodes of one chain, `supplier` and `customer`."""

    class Meta:
        model = ChainEdge

    chain = factory.LazyAttribute(lambda edge: edge.supplier.chain)


class EnterpriseNodeFactory(factory.django.DjangoModelFactory[EnterpriseNode]):
    class Meta:
        model = EnterpriseNode

    enterprise = factory.SubFactory(EnterpriseFactory, lng=120.3, lat=36.1)
    node = factory.SubFactory(ChainNodeFactory)


def maker(
    node: ChainNode, output: float | None, *, year: int = 2024, share: float | None = None, **firm: object
) -> Enterprise:
    """An enterprise of the city that makes the node's product, with its output of one year."""
    made = EnterpriseNodeFactory(
        node=node, share=share, enterprise=EnterpriseFactory(**{"lng": 120.3, "lat": 36.1, **firm})
    )
    if output is not None:
        EnterpriseYearFactory(enterprise=made.enterprise, year=year, output=output)
    enterprise: Enterprise = made.enterprise
    return enterprise


def battery_chain() -> Chain:
    """锂矿 → 正极 → 电芯 → 电池包, 隔膜 → 电芯; 正极 also goes into 电池包. Parent 材料 holds 正极 and 隔膜.

    | node      | makers  | S   | D                      | r    | state    |
    | lithium   | –       | 0   | 0.3 · 30 = 9           | 0    | missing  |
    | cathode   | 20 + 10 | 30  | 0.5 · 100 + 0.25 · 40  | 0.5  | weak     |
    | separator | –       | 0   | unknown: 0.25 · 100    | 0    | missing  |
    | cell      | 100     | 100 | 0.6 · 40 = 24          | 1    | balanced |
    | pack      | 40      | 40  | –                      | –    | balanced |
    | solvent   | –       | 0   | only lithium uses it   | –    | absent   |
    """
    chain: Chain = ChainFactory(code="batteries", name="动力电池", name_en="Batteries")
    materials = ChainNodeFactory(chain=chain, code="materials", name="材料", stage="upstream")

    def node(code: str, stage: str, **more: object) -> ChainNode:
        made: ChainNode = ChainNodeFactory(chain=chain, code=code, stage=stage, **more)
        return made

    solvent = node("solvent", "upstream")
    lithium = node("lithium", "upstream", barrier=0.9, import_share=0.8)
    cathode = node("cathode", "upstream", parent=materials)
    separator = node("separator", "upstream", parent=materials)
    cell, pack = node("cell", "midstream", essential=True), node("pack", "downstream")
    for supplier, customer, coefficient in (
        (solvent, lithium, None),
        (lithium, cathode, 0.3),
        (cathode, cell, 0.5),
        (separator, cell, None),
        (cathode, pack, 0.25),
        (cell, pack, 0.6),
    ):
        ChainEdgeFactory(supplier=supplier, customer=customer, coefficient=coefficient)
    maker(cathode, 20, name="甲", listed=True)
    maker(cathode, 10, name="乙")
    maker(cell, 100, name="丙", listed=True)
    maker(pack, 40, name="丁")
    return chain
