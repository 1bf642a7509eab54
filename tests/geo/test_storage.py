"""What the database itself says of every geometry we keep."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def ask(statement: str) -> list[tuple[str, ...]]:
    """Rows of the catalogue as text."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def test_every_geometry_is_stored_in_cgcs2000_and_drawn_from_a_column_in_web_mercator() -> None:
    kept = ask("SELECT f_geometry_column, srid FROM geometry_columns WHERE f_table_schema = 'public'")

    assert len(kept) >= 15
    assert {srid for column, srid in kept if column != "web"} == {"4490"}
    assert {srid for column, srid in kept if column == "web"} == {"3857"}


def test_what_is_drawn_follows_from_what_is_stored_and_is_indexed() -> None:
    drawn = {table for (table,) in ask("SELECT f_table_name FROM geometry_columns WHERE f_geometry_column = 'web'")}
    generated = {
        table
        for (table,) in ask(
            "SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'web' AND attgenerated = 's'"
        )
    }
    indexed = {table for (table,) in ask("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '% USING gist (web)'")}
    own = {"geo_region", "geo_facility", "geo_zone", "geo_road", "landparcels_parcel", "enterprises_enterprise"}

    assert own <= drawn
    assert own | {"siting_project"} <= generated & indexed


def test_cells_are_whole_numbers_of_64_bits() -> None:
    types = ask(
        "SELECT table_name, data_type FROM information_schema.columns"
        " WHERE column_name = 'cell' AND table_schema = 'public'"
    )

    assert ("geo_gridvalue", "bigint") in types
    assert {kind for _, kind in types} == {"bigint"}


def test_tables_that_are_loaded_by_the_hundred_thousand_keep_no_index_twice() -> None:
    """As Django would: each row written over an older one goes into every index anew."""
    doubled = ask(
        "SELECT tablename, indexname FROM pg_indexes WHERE indexname LIKE '%\\_like'"
        " AND tablename IN ('landparcels_parcel', 'enterprises_enterprise')"
    )

    assert doubled == []
