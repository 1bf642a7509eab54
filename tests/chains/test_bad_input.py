"""Input that real chains bring along: each has a defined result that is told. The table in docs/chains.md names these."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from enterprises.models import Enterprise, EnterpriseYear
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from tests.factories.chains import ChainEdgeFactory, ChainFactory, ChainNodeFactory, EnterpriseNodeFactory, maker
from tests.factories.enterprises import EnterpriseYearFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
Load = Callable[..., Report]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def run(kind: str, *lines: str) -> Report:
        path = tmp_path / f"{kind}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_file(kind, path, Options())

    return run


@pytest.fixture
def pair() -> tuple[ChainNode, ChainNode]:
    chain: Chain = ChainFactory(code="b")
    return ChainNodeFactory(chain=chain, code="one"), ChainNodeFactory(chain=chain, code="two")


def told(report: Report) -> list[tuple[int, str, str]]:
    return [(refusal.row, refusal.column, refusal.reason.en) for refusal in report.refusals]


def node(client: APIClient, code: str) -> dict[str, Any]:
    answer = client.get("/api/v1/chains/b/").json()
    return next(dict(one) for one in answer["nodes"] if one["node"] == code)


def test_a_cycle_is_kept_and_every_figure_has_a_value(as_person: SignIn, pair: tuple[ChainNode, ChainNode]) -> None:
    one, two = pair
    ChainEdgeFactory(supplier=one, customer=two, coefficient=0.5)
    ChainEdgeFactory(supplier=two, customer=one, coefficient=0.5)
    firm = maker(one, 100)
    maker(two, 100)
    client = as_person("promotion")
    assert (node(client, "one")["criticality"], node(client, "one")["demand"]) == (1, 50)
    answer = client.post("/api/v1/chains/b/disruption/", {"enterprises": [firm.uscc]}).json()
    assert answer["converged"] is True


def test_a_self_loop_is_dropped_and_told_of(load: Load, pair: tuple[ChainNode, ChainNode]) -> None:
    report = load("chain_edges", "chain,source,target", "b,one,one", "b,one,two")
    assert ChainEdge.objects.count() == 1
    assert report.status == 0  # no fault of the file, but said
    assert report.dropped == 1


def test_a_share_below_0_or_above_1_is_refused_row_by_row(load: Load, pair: tuple[ChainNode, ChainNode]) -> None:
    maker(pair[0], None, uscc="local:1")
    EnterpriseNode.objects.all().delete()
    report = load("enterprise_nodes", "uscc,chain,node,share", "local:1,b,one,-0.1", "local:1,b,two,1.2")
    assert [(row, column) for row, column, _ in told(report)] == [(2, "share"), (3, "share")]
    assert not EnterpriseNode.objects.exists()


def test_an_edge_to_nowhere_is_refused_and_names_the_node(load: Load, pair: tuple[ChainNode, ChainNode]) -> None:
    report = load("chain_edges", "chain,source,target", "b,one,three", "c,one,two")
    assert told(report) == [
        (2, "target", "chain b has no node three"),
        (3, "chain", "there is no chain c; load its nodes with chain_nodes first"),
    ]


def test_shares_that_come_to_more_than_1_are_scaled_to_it_and_flagged(
    as_person: SignIn, pair: tuple[ChainNode, ChainNode]
) -> None:
    firm = maker(pair[0], 100, share=0.9)
    EnterpriseNodeFactory(enterprise=firm, node=pair[1], share=0.6)
    client = as_person("promotion")
    assert (node(client, "one")["supply"], node(client, "two")["supply"]) == (pytest.approx(60), pytest.approx(40))
    assert client.get("/api/v1/chains/b/nodes/one/").json()["makers"][0]["share_scaled"] is True


def test_one_firm_under_two_spellings_of_its_code_is_one(load: Load) -> None:
    report = load("enterprises", "uscc,name", "91370200XD002259XG,甲", "９１３７０２００XD002259xg,甲 有限公司")
    assert Enterprise.objects.count() == 1
    assert [(row, column) for row, column, _ in told(report)] == [(3, "uscc")]


def test_one_name_under_two_codes_stays_two_firms_and_is_pointed_out(load: Load) -> None:
    load("enterprises", "uscc,name", "local:1,海风(青岛)电池 有限公司")
    report = load(
        "enterprises", "uscc,name", "local:1,海风(青岛)电池有限公司", "local:2,海风（青岛）电池有限公司", "local:3,别家"
    )
    assert (report.status, Enterprise.objects.count()) == (0, 3)
    ((row, column, reason),) = [(remark.row, remark.column, remark.reason) for remark in report.remarks]
    assert (row, column) == (3, "name")
    assert reason.zh.startswith("“海风（青岛）电池有限公司”与标识为 local:1 的企业同名")
    assert reason.en.startswith("海风（青岛）电池有限公司 bears the name of firm local:1")


@pytest.mark.parametrize(
    ("kind", "header", "line", "zh", "en"),
    [
        ("chain_edges", "chain,source,target", "b,one,one", "环节“one”指向自身，已略去", "node one would supply itself; left out"),
        ("chain_edges", "chain,source,target", "b,one,three", "产业链“b”中没有环节“three”", "chain b has no node three"),
        (
            "chain_edges", "chain,source,target", "c,one,two", "没有代码为“c”的产业链；请先用 chain_nodes 导入它的环节",
            "there is no chain c; load its nodes with chain_nodes first",
        ),
        (
            "enterprise_nodes", "uscc,chain,node", "local:9,b,one", "没有标识为 local:9 的企业；请先用 enterprises 导入",
            "there is no enterprise local:9; load it with enterprises first",
        ),
        ("chain_nodes", "chain,node,name,stage,parent", "b,x,X,midstream,x", "环节“x”成了自己的上级", "node x would be its own ancestor"),
    ],
)  # fmt: skip
def test_each_reason_is_told_in_both_languages(
    load: Load, pair: tuple[ChainNode, ChainNode], kind: str, header: str, line: str, zh: str, en: str
) -> None:
    report = load(kind, header, line)
    told_of = [one.reason for one in report.refusals] + [one.reason for one in report.remarks]
    assert [(reason.zh, reason.en) for reason in told_of] == [(zh, en)]


@pytest.mark.parametrize("share", ["-0.1", "1.2"])
def test_a_share_that_cannot_be_says_so_in_both_languages(
    load: Load, pair: tuple[ChainNode, ChainNode], share: str
) -> None:
    maker(pair[0], None, uscc="local:1")
    EnterpriseNode.objects.all().delete()
    (refusal,) = load("enterprise_nodes", "uscc,chain,node,share", f"local:1,b,one,{share}").refusals
    assert refusal.column == "share"
    assert refusal.reason.zh and refusal.reason.en and refusal.reason.zh != refusal.reason.en


def test_a_chain_without_firms_and_a_node_without_edges_have_answers(
    as_person: SignIn, pair: tuple[ChainNode, ChainNode]
) -> None:
    client = as_person("promotion")
    alone = node(client, "one")
    assert (alone["state"], alone["supply"], alone["rate"], alone["criticality"]) == ("absent", 0, None, 0)
    assert client.get("/api/v1/chains/b/health/").json()["score"] == 0
    assert client.get("/api/v1/chains/b/health/history/").json() == {"days": [], "years": [], "thresholds": 0}
    assert client.get("/api/v1/chains/b/flows/").json()["flows"] == []
    assert client.get("/api/v1/chains/b/parks/").json()["results"] == []
    assert client.get("/api/v1/chains/b/neighbourhood/?node=one").json()["around"]["within"] == 1
    assert client.get("/api/v1/chains/b/workbook/").status_code == 200


def test_missing_years_are_unknown_and_never_0(as_person: SignIn, pair: tuple[ChainNode, ChainNode]) -> None:
    silent = maker(pair[0], None)
    maker(pair[0], 40)
    EnterpriseYearFactory(enterprise=silent, year=2019, output=500)
    client = as_person("promotion")
    assert (node(client, "one")["supply"], node(client, "one")["without_output"]) == (40, 1)
    health = client.get("/api/v1/chains/b/health/").json()
    assert "vitality" in health["left_out"]
    EnterpriseYear.objects.all().delete()
    assert client.get("/api/v1/chains/b/").json()["reference_year"] is None
    assert client.get("/api/v1/chains/b/health/history/").json()["years"] == []


def test_a_chain_may_not_bear_a_word_of_the_addresses(load: Load) -> None:
    report = load("chain_nodes", "chain,node,name,stage", "compare,a,A,midstream")
    assert [(row, column) for row, column, _ in told(report)] == [(2, "chain")]
    assert not Chain.objects.exists()
