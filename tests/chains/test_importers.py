"""Loading chain_nodes, chain_edges and enterprise_nodes from files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from geo.importing.options import Options
from geo.importing.removing import unload
from geo.importing.report import Report
from geo.importing.run import load_file
from tests.conftest import MakePerson
from tests.factories.chains import ChainEdgeFactory, ChainFactory, ChainNodeFactory, EnterpriseNodeFactory
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import RegionFactory
from tests.shapes import point, rectangle

pytestmark = pytest.mark.django_db
Load = Callable[..., Report]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """`load("chain_nodes", "chain,node,…", …)`: a file of these lines through the one import path."""

    def run(kind: str, *lines: str, **options: object) -> Report:
        path = tmp_path / f"{kind}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_file(kind, path, Options(**options))  # type: ignore[arg-type]

    return run


def reasons(report: Report) -> list[tuple[int, str, str]]:
    return sorted((refusal.row, refusal.column, refusal.reason.en) for refusal in report.refusals)


HEADER = "chain,chain_name,node,name,stage,parent,essential,barrier,import_share,national_output"


def test_a_chain_is_made_with_its_first_node(load: Load) -> None:
    report = load("chain_nodes", HEADER, "batteries,动力电池,cell,电芯,midstream,,1,0.7,0.25,1200")
    assert (report.status, report.inserted) == (0, 1)
    node = ChainNode.objects.select_related("chain", "source").get()
    assert (node.chain.code, node.chain.name, node.code, node.name, node.stage) == (
        "batteries", "动力电池", "cell", "电芯", "midstream",
    )  # fmt: skip
    assert (node.essential, node.barrier, node.import_share, node.national_output) == (True, 0.7, 0.25, 1200)
    assert node.source is not None
    assert node.source.kind == "chain_nodes"


def test_chinese_headers_stages_and_units_are_understood(load: Load) -> None:
    report = load(
        "chain_nodes",
        "产业链,产业链名称,产业链英文名称,环节,环节名称,环节英文名称,所处位置,必备,全国产值(亿元)",
        "batteries,动力电池,Batteries,cell,电芯,Cell,中游,是,3",
    )
    assert report.status == 0, reasons(report)
    node = ChainNode.objects.select_related("chain").get()
    assert (node.stage, node.essential, node.national_output, node.name_en) == ("midstream", True, 30_000, "Cell")
    assert node.chain.name_en == "Batteries"


def test_a_parent_may_stand_later_in_the_file(load: Load) -> None:
    report = load(
        "chain_nodes",
        "chain,node,name,stage,parent",
        "b,cell,Cell,midstream,power",
        "b,power,Power,midstream,",
    )
    assert report.status == 0
    assert ChainNode.objects.get(code="cell").parent == ChainNode.objects.get(code="power")


def test_a_parent_that_is_nowhere_is_refused_and_takes_new_nodes_below_it_along(load: Load) -> None:
    report = load(
        "chain_nodes",
        "chain,node,name,stage,parent",
        "b,cell,Cell,midstream,nowhere",
        "b,foil,Foil,midstream,cell",
        "b,pack,Pack,downstream,",
    )
    assert (report.status, report.inserted) == (3, 1)
    assert reasons(report) == [
        (2, "parent", "there is no parent node nowhere"),
        (3, "parent", "there is no parent node cell"),
    ]
    assert [node.code for node in ChainNode.objects.all()] == ["pack"]


def test_nodes_that_would_be_their_own_ancestors_are_refused(load: Load) -> None:
    report = load(
        "chain_nodes", "chain,node,name,stage,parent", "b,x,X,midstream,y", "b,y,Y,midstream,x", "b,z,Z,midstream,z"
    )
    assert report.status == 1
    assert {refusal.row for refusal in report.refusals} == {2, 3, 4}
    assert not Chain.objects.exists()


def test_what_hangs_below_a_circle_goes_with_it(load: Load) -> None:
    report = load(
        "chain_nodes", "chain,node,name,stage,parent", "b,x,X,midstream,y", "b,y,Y,midstream,x", "b,z,Z,midstream,y"
    )
    assert reasons(report) == [
        (2, "parent", "node x would be its own ancestor"),
        (3, "parent", "node y would be its own ancestor"),
        (4, "parent", "there is no parent node y"),
    ]


def test_a_refused_parent_leaves_the_row_that_was_there_as_it_was(load: Load) -> None:
    load("chain_nodes", "chain,node,name,stage", "b,cell,Cell,midstream")
    before = ChainNode.objects.values().get()
    report = load("chain_nodes", "chain,node,name,stage,parent", "b,cell,Other,upstream,nowhere")
    assert (report.status, report.updated) == (1, 0)
    assert ChainNode.objects.values().get() == before


def test_a_node_with_edges_or_makers_does_not_become_a_parent(load: Load) -> None:
    chain = ChainFactory(code="b")
    one, other = ChainNodeFactory(chain=chain, code="one"), ChainNodeFactory(chain=chain, code="other")
    ChainEdgeFactory(supplier=one, customer=other)
    EnterpriseNodeFactory(node=ChainNodeFactory(chain=chain, code="made"))
    report = load("chain_nodes", "chain,node,name,stage,parent", "b,x,X,midstream,other", "b,y,Y,midstream,made")
    assert reasons(report) == [
        (2, "parent", "node other has supply edges of its own, so it cannot become a parent"),
        (3, "parent", "node made has enterprises of its own, so it cannot become a parent"),
    ]


def test_loading_nodes_again_updates_them_and_a_missing_column_leaves_its_values(load: Load) -> None:
    load(
        "chain_nodes",
        "chain,node,name,stage,parent,barrier",
        "b,cell,Cell,midstream,power,0.7",
        "b,power,P,midstream,,",
    )
    report = load("chain_nodes", "chain,node,name,stage", "b,cell,Zelle,downstream")
    assert (report.inserted, report.updated) == (0, 1)
    node = ChainNode.objects.get(code="cell")
    assert (node.name, node.stage, node.barrier, node.parent and node.parent.code) == (
        "Zelle", "downstream", 0.7, "power",
    )  # fmt: skip
    load("chain_nodes", "chain,node,name,stage,parent,barrier", "b,cell,Cell,midstream,,")
    node.refresh_from_db()
    assert (node.parent, node.barrier) == (None, None)


def test_shares_stages_and_codes_out_of_range_are_refused_in_words(load: Load) -> None:
    report = load(
        "chain_nodes",
        HEADER,
        "b,,one,One,midstream,,,1.2,,",
        "b,,two,Two,sideways,,,,,",
        "b,,,Three,midstream,,,,,",
        "b,,four,Four,midstream,,,,,-5",
        "b,,five,Five,midstream,,,,,",
        "b,,five,Five,midstream,,,,,",
    )
    assert [(row, column) for row, column, _ in reasons(report)] == [
        (2, "barrier"), (3, "stage"), (4, "node"), (5, "national_output"), (7, "chain+node"),
    ]  # fmt: skip


def two_nodes() -> Chain:
    chain: Chain = ChainFactory(code="b")
    for code in ("one", "two", "three"):
        ChainNodeFactory(chain=chain, code=code)
    return chain


def test_edges_load_with_and_without_a_coefficient(load: Load) -> None:
    two_nodes()
    report = load("chain_edges", "chain,source,target,coefficient", "b,one,two,0.3", "b,two,one,", "b,one,three,0")
    assert (report.status, report.inserted) == (0, 3)
    rows = ChainEdge.objects.values_list("supplier__code", "customer__code", "coefficient", "source__kind")
    assert set(rows) == {
        ("one", "two", 0.3, "chain_edges"),
        ("two", "one", None, "chain_edges"),
        ("one", "three", 0.0, "chain_edges"),
    }


def test_a_self_loop_is_dropped_and_told_of_but_no_fault(load: Load) -> None:
    two_nodes()
    report = load("chain_edges", "chain,source,target", "b,one,one", "b,one,two")
    assert (report.status, report.inserted, report.dropped) == (0, 1, 1)
    assert [(remark.row, remark.reason.en) for remark in report.remarks] == [
        (2, "node one would supply itself; left out")
    ]


def test_of_duplicate_edges_the_last_stands_and_is_told_of(load: Load) -> None:
    two_nodes()
    report = load("chain_edges", "chain,source,target,coefficient", "b,one,two,0.1", "b,one,two,0.2", "b,one,two,0.3")
    assert (report.status, report.inserted, report.dropped) == (0, 1, 2)
    assert ChainEdge.objects.get().coefficient == 0.3
    assert [(remark.row, remark.reason.en) for remark in report.remarks] == [
        (3, "replaces row 2"),
        (4, "replaces row 3"),
    ]


def test_an_edge_at_a_parent_or_at_nothing_is_refused(load: Load) -> None:
    chain = two_nodes()
    ChainNodeFactory(chain=chain, code="leaf", parent=ChainNode.objects.get(code="three"))
    report = load(
        "chain_edges", "chain,source,target", "b,one,three", "b,three,one", "b,one,ghost", "x,one,two", "b,one,leaf"
    )
    assert (report.status, report.inserted) == (3, 1)
    parent = "node three has nodes below it, so nothing may stand at it itself; name one of those"
    assert reasons(report) == [
        (2, "target", parent),
        (3, "source", parent),
        (4, "target", "chain b has no node ghost"),
        (5, "chain", "there is no chain x; load its nodes with chain_nodes first"),
    ]


@pytest.mark.parametrize("coefficient", ["-0.1", "many", "1000"])
def test_a_coefficient_that_cannot_be_is_refused(coefficient: str, load: Load) -> None:
    two_nodes()
    report = load("chain_edges", "chain,source,target,coefficient", f"b,one,two,{coefficient}")
    assert report.status == 1
    assert report.refusals[0].column == "coefficient"


def test_loading_edges_again_updates_the_coefficient(load: Load) -> None:
    two_nodes()
    load("chain_edges", "chain,source,target,coefficient", "b,one,two,0.1")
    report = load("chain_edges", "chain,source,target,coefficient", "b,one,two,")
    assert (report.inserted, report.updated) == (0, 1)
    assert ChainEdge.objects.get().coefficient is None


def test_makers_load_with_products_and_shares(load: Load) -> None:
    two_nodes()
    EnterpriseFactory(uscc="local:7")
    report = load(
        "enterprise_nodes",
        "uscc,chain,node,product,share",
        "local:7,b,one,磷酸铁锂,0.4",
        "local:7,b,one,三元,",
        "local:7,b,two,,",
    )
    assert (report.status, report.inserted) == (0, 3), reasons(report)
    rows = EnterpriseNode.objects.values_list("node__code", "product", "share")
    assert set(rows) == {("one", "磷酸铁锂", 0.4), ("one", "三元", None), ("two", "", None)}


def test_makers_that_cannot_be_are_refused_in_words(load: Load) -> None:
    chain = two_nodes()
    ChainNodeFactory(chain=chain, code="leaf", parent=ChainNode.objects.get(code="three"))
    EnterpriseFactory(uscc="local:7")
    report = load(
        "enterprise_nodes",
        "uscc,chain,node,product,share",
        "local:7,b,one,a,1.5",
        "local:7,b,one,b,-0.1",
        "local:8,b,one,c,",
        "local:7,b,three,d,",
        "local:7,b,two,,",
        "local:7,b,two,,0.5",
    )
    assert (report.status, report.inserted) == (3, 1)
    found = reasons(report)
    assert [(row, column) for row, column, _ in found] == [
        (2, "share"), (3, "share"), (4, "uscc"), (5, "node"), (7, "product"),
    ]  # fmt: skip
    assert found[2][2] == "there is no enterprise local:8; load it with enterprises first"
    assert found[4][2] == "the same key as row 6"


def test_loading_a_maker_without_product_again_updates_it(load: Load) -> None:
    two_nodes()
    EnterpriseFactory(uscc="local:7")
    load("enterprise_nodes", "uscc,chain,node,share", "local:7,b,one,0.5")
    report = load("enterprise_nodes", "uscc,chain,node,share", "local:7,b,one,0.6")
    assert (report.inserted, report.updated) == (0, 1)
    assert EnterpriseNode.objects.get().share == 0.6


def test_a_dry_run_leaves_no_chain_behind(load: Load) -> None:
    report = load("chain_nodes", "chain,node,name,stage", "b,cell,Cell,midstream", dry_run=True)
    assert (report.inserted, report.status) == (1, 0)
    assert not Chain.objects.exists()


def test_an_import_of_nodes_can_be_taken_back(load: Load) -> None:
    report = load("chain_nodes", "chain,node,name,stage,parent", "b,cell,Cell,midstream,power", "b,power,P,midstream,")
    unload(str(report.source_id))
    assert not ChainNode.objects.exists()
    assert not Chain.objects.in_use().exists()


def test_staff_of_one_district_say_nothing_of_what_firms_elsewhere_make(tmp_path: Path, person: MakePerson) -> None:
    city = RegionFactory(adcode="990000", is_root=True, outline=rectangle(0, 0, 1, 1))
    RegionFactory(adcode="990001", parent=city, outline=rectangle(0, 0, 0.2, 0.2))
    node = ChainNodeFactory()
    EnterpriseFactory(uscc="local:1", place=point(0.1, 0.1))
    EnterpriseFactory(uscc="local:2", place=point(0.5, 0.5))
    path = tmp_path / "makers.csv"
    lines = (f"{uscc},{node.chain.code},{node.code}" for uscc in ("local:1", "local:2"))
    path.write_text("\n".join(("uscc,chain,node", *lines)), encoding="utf-8")

    report = load_file("enterprise_nodes", path, by=person("promotion", region="990001"))

    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [(3, "uscc")]
    assert [made.enterprise.uscc for made in EnterpriseNode.objects.all()] == ["local:1"]
