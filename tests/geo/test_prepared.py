"""Statements asked through libpq: prepared once, few at a time, with the errors of psycopg."""

import psycopg
import pytest
from django.db import connection

from geo.tiles import prepared


def kept() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'tile\\_%'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_a_statement_is_prepared_once_and_the_one_asked_longest_ago_makes_room() -> None:
    for _ in range(3):
        assert prepared.ask(b"SELECT int8send($1::bigint * 7)", 6) == (42).to_bytes(8, "big")
    oldest = kept()
    for number in range(prepared.KEPT):
        prepared.ask(b"SELECT int8send($1::bigint + %d)" % number, 1)
    assert len(kept()) == prepared.KEPT
    assert not oldest <= kept()
    assert prepared.ask(b"SELECT int8send($1::bigint * 7)", 6) == (42).to_bytes(8, "big")


@pytest.mark.django_db
def test_null_and_no_row_are_empty() -> None:
    assert prepared.ask(b"SELECT NULL::bytea WHERE $1::int > 0", 1) == b""
    assert prepared.ask(b"SELECT 'x'::bytea WHERE $1::int > 0", 0) == b""


@pytest.mark.django_db(transaction=True)
def test_an_error_is_that_of_the_database_and_the_next_statement_works() -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        prepared.ask(b"SELECT int8send(1 / $1::bigint)", 0)
    with pytest.raises(psycopg.errors.UndefinedTable):
        prepared.ask(b"SELECT shape FROM nowhere WHERE id = $1", 1)
    assert prepared.ask(b"SELECT int8send(8 / $1::bigint)", 2) == (4).to_bytes(8, "big")


@pytest.mark.django_db
def test_where_nothing_may_stay_prepared_nothing_does(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    before = kept()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    assert prepared.ask(b"SELECT int8send($1::bigint * 11)", 3) == (33).to_bytes(8, "big")
    assert kept() == before


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_was_let_go_is_prepared_anew() -> None:
    assert prepared.ask(b"SELECT int8send($1::bigint * 13)", 2) == (26).to_bytes(8, "big")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert prepared.ask(b"SELECT int8send($1::bigint * 13)", 3) == (39).to_bytes(8, "big")
