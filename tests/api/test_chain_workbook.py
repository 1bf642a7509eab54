"""GET chains/{code}/workbook/."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from rest_framework.test import APIClient

from chains.models import ChainNode
from tests.factories.chains import battery_chain

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
BOOK = "/api/v1/chains/batteries/workbook/"


def sheets(client: APIClient, query: str = "") -> dict[str, list[tuple[Any, ...]]]:
    answer = client.get(f"{BOOK}{query}")
    assert answer.status_code == 200, answer.content
    book = load_workbook(BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_nodes_edges_and_verdicts_stand_on_three_sheets(as_person: SignIn) -> None:
    battery_chain()
    found = sheets(as_person("promotion"))
    assert list(found) == ["nodes", "edges", "verdicts"]
    header, *rows = found["nodes"]
    cathode = next(dict(zip(header, row, strict=True)) for row in rows if row[0] == "cathode")
    assert (cathode["state"], cathode["local output (10k CNY)"], cathode["local supply potential"]) == ("weak", 30, 0.5)
    assert len(found["edges"]) == 1 + 6
    verdicts = [row for row in found["verdicts"] if row[0] == "cathode"]
    assert [row[2] for row in verdicts] == ["state", "single source", "chokepoint"]
    assert "supply = 30" in verdicts[0][5] and verdicts[0][6] == pytest.approx(2 / 3)
    assert verdicts[0][9] == 0


def test_visitors_get_no_money_and_no_verdicts(api_client: APIClient) -> None:
    battery_chain()
    found = sheets(api_client)
    assert list(found) == ["nodes", "edges"]
    assert "local output (10k CNY)" not in found["nodes"][0]


def test_what_looks_like_a_formula_stays_text(as_person: SignIn) -> None:
    battery_chain()
    ChainNode.objects.filter(code="cell").update(name='=HYPERLINK("http://x")')
    answer = as_person("promotion").get(BOOK)
    cells = [
        cell
        for row in load_workbook(BytesIO(answer.content))["nodes"]
        for cell in row
        if cell.value and "HYPER" in str(cell.value)
    ]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", '=HYPERLINK("http://x")')]


def test_the_neighbourhood_of_a_node_can_be_had_alone(as_person: SignIn) -> None:
    battery_chain()
    found = sheets(as_person("promotion"), "?node=cell&up=1&down=0")
    assert [row[0] for row in found["nodes"][1:]] == ["cathode", "separator", "cell"]


def test_a_chain_too_large_asks_for_a_node(as_person: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    battery_chain()
    monkeypatch.setattr("chains.workbook_views.MOST_DRAWN", 3)
    answer = as_person("promotion").get(BOOK)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "node")
