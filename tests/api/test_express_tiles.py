"""Visitors' tiles are answered before Django, and just as Django would answer them."""

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from accounts.models import User
from geo.tiles import express, prepared
from tests.conftest import MakePerson
from tests.factories.geo import FacilityFactory
from tests.shapes import point

TILE = "/tiles/facilities/1/1/0.mvt"
application = express.express(WSGIHandler())
Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """The application as the web server calls it: (status, headers, body)."""
    ends = (request_started, request_finished)
    for signal in ends:  # as Django's own test client does: a test's connection is in a transaction and stays
        signal.disconnect(close_old_connections)

    def called(address: str, *, short: bool = True, **headers: str) -> tuple[int, dict[str, str], bytes]:
        said: list[Any] = []
        environ = {**RequestFactory().get(address).environ, **headers}
        with monkeypatch.context() as patch:
            if not short:
                patch.setattr(express, "_asked_by_a_visitor", lambda environ: None)
            answer = application(environ, lambda *start: said.extend(start))
            body = b"".join(answer)
            getattr(answer, "close", lambda: None)()
        return int(said[0].split()[0]), dict(said[1]), body

    yield called
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{}, {"HTTP_ACCEPT_ENCODING": "gzip, br"}, {"HTTP_ACCEPT_LANGUAGE": "en"}])
@pytest.mark.parametrize("address", [TILE, TILE + "?category=port", "/tiles/facilities/5/0/0.mvt"])
def test_the_short_way_answers_as_the_long_way(ask: Ask, address: str, asked: dict[str, str]) -> None:
    for number in range(80):
        FacilityFactory(category="port", place=point(10 + number / 100, 10), name=f"港 {number}")
    short, long = ask(address, **asked), ask(address, short=False, **asked)

    assert short[0] == long[0] == (204 if "/5/" in address else 200)
    assert short[2] == long[2]
    names = {
        "ETag",
        "Cache-Control",
        "Vary",
        "Content-Type",
        "Content-Length",
        "Content-Encoding",
        "X-Content-Type-Options",
    }
    assert {n: v for n, v in short[1].items() if n in names} == {n: v for n, v in long[1].items() if n in names}
    assert ask(address, HTTP_IF_NONE_MATCH=short[1]["ETag"], **asked)[0] == 304
    if "Content-Encoding" in short[1]:
        assert gzip.decompress(short[2]) == ask(address)[2]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/tiles/nothing/1/0/0.mvt", "/tiles/facilities/1/2/0.mvt", TILE + "?colour=red"])
def test_what_is_wrong_is_answered_in_the_language_of_the_request(ask: Ask, address: str) -> None:
    chinese, english = (ask(address, HTTP_ACCEPT_LANGUAGE=language) for language in ("zh-CN", "en"))
    assert chinese[0] == english[0] in {400, 404}
    assert chinese[2] != english[2]
    assert ask(address, short=False, HTTP_ACCEPT_LANGUAGE="en")[2] == english[2]


@pytest.mark.django_db
def test_whoever_has_a_session_or_a_token_is_not_taken_for_a_visitor(ask: Ask, person: MakePerson) -> None:
    FacilityFactory(category="substation", place=point(10, 10), capacity=50)
    planner: User = person("planner")
    client = Client()
    client.force_login(planner)
    session = f"luodi_session={client.cookies['luodi_session'].value}"

    assert ask(TILE)[0] == 204  # substations are for staff
    assert ask(TILE, HTTP_COOKIE=session)[0] == 200
    assert ask(TILE)[0] == 204
    assert ask(TILE, HTTP_AUTHORIZATION="Bearer wrong")[0] == 401


@pytest.mark.django_db
def test_a_change_and_a_withdrawal_are_seen_at_once(ask: Ask) -> None:
    lies = FacilityFactory(category="port", place=point(10, 10))
    first = ask(TILE)
    FacilityFactory(category="port", place=point(11, 10))
    assert ask(TILE, HTTP_IF_NONE_MATCH=first[1]["ETag"])[2] not in {b"", first[2]}
    type(lies).objects.all().delete()
    assert ask(TILE)[0] == 204


@pytest.mark.django_db
def test_a_statement_that_fails_is_asked_again_the_long_way_and_told_of(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    FacilityFactory(category="port", place=point(10, 10))
    whole, calls = prepared.ask, []

    def fails_once(statement: bytes, *numbers: int) -> bytes:
        calls.append(numbers)
        if len(calls) == 1:
            raise psycopg.OperationalError("the connection is gone")
        return whole(statement, *numbers)

    monkeypatch.setattr(prepared, "ask", fails_once)
    status, _, body = ask(TILE)
    assert (status, len(calls)) == (200, 2)
    assert body
    assert caplog.messages == [f"{TILE} is asked for again the long way: the connection is gone"]
