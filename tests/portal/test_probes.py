import re
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import resolve

from portal import page


@pytest.mark.django_db
def test_a_ready_server_says_so(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["migrations"] == "ok"


@pytest.mark.django_db
def test_a_database_that_fails_is_not_described_to_everyone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError('connection to host "10.0.0.7" failed for user "owner"')

    monkeypatch.setattr(page, "MigrationExecutor", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "10.0.0.7" not in answer.content.decode()


def test_the_process_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_every_address_of_the_router_is_a_page_of_the_server() -> None:
    """What the frontend calls a page opens by its address, also from a mail."""
    router = (Path(__file__).resolve().parents[2] / "frontend/src/router.ts").read_text(encoding="utf-8")
    addresses = re.findall(r'^  \["\w+", "(/[^"]*)"', router, re.MULTILINE)
    assert len(addresses) > 15
    for address in addresses:
        path = re.sub(r"/:\w+", "/1", address.replace("?", ""))
        assert resolve(path).func is page.page, address
