"""The commands of docs/real-city/ashare-chain.md, run as they stand there on the public files."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from enterprises.models import Enterprise
from geo.models import RejectedRow, Source

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"^\.venv/bin/python manage\.py (load .*)$", re.MULTILINE)

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


@pytest.fixture
def loaded(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything the page tells one to type. Status 3 (some rows rejected) is no failure."""
    page = (ROOT / "docs/real-city/ashare-chain.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)  # where rejects go
    commands = COMMAND.findall(page)
    assert len(commands) == 6
    for command in commands:
        words = shlex.split(command.replace("../shared/data", str(shared_data)).replace("docs/", f"{ROOT}/docs/"))
        try:
            call_command(*words)
        except SystemExit as end:
            assert end.code in (0, 3), command
        except CommandError as error:
            assert error.returncode == 3, f"{command}: {error}"


def test_the_battery_chain_loads_by_the_commands_of_the_page(loaded: None, as_person: Callable[..., APIClient]) -> None:
    chain = Chain.objects.get()
    assert (chain.code, chain.name) == ("batteries", "电池")
    assert ChainNode.objects.count() > 150
    assert ChainEdge.objects.count() > 100
    assert Enterprise.objects.count() > 4500
    makers = EnterpriseNode.objects.select_related("enterprise")
    assert makers.count() > 40
    assert all(maker.enterprise.uscc.startswith("stock:") and maker.enterprise.listed for maker in makers)

    stages = dict(ChainNode.objects.values_list("code", "stage"))
    assert (stages["电芯"], stages["锂离子电池"], stages["四轮电动车"]) == ("upstream", "midstream", "downstream")
    assert ChainEdge.objects.filter(supplier__code="锂云母", customer__code="碳酸锂").exists()

    answer = as_person("promotion").get("/api/v1/chains/batteries/").json()
    assert len(answer["nodes"]) == ChainNode.objects.count()
    assert {edge["assumed"] for edge in answer["edges"]} == {True}
    assert {node["state"] for node in answer["nodes"]} == {"absent"}  # these firms have no place, so none is in a city
    drawer = as_person("promotion").get("/api/v1/chains/batteries/nodes/锂离子电池/").json()
    assert drawer["enterprises_outside"] >= 5


def test_what_was_refused_says_why(loaded: None) -> None:
    columns = {
        source.kind: set(source.rejects.values_list("column", flat=True)) for source in Source.objects.order_by("id")
    }
    assert columns == {
        "chain_nodes": set(),
        "chain_edges": set(),
        "enterprises": {"uscc"},  # 68 companies stand in the file under two spellings of one code
        "enterprise_nodes": {"node", "uscc+chain+node+product"},  # products without an edge in the graph; repeats
    }
    assert not RejectedRow.objects.filter(reason_zh="").exists()
    assert not RejectedRow.objects.filter(reason_en="").exists()
