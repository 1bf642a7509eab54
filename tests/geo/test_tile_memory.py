"""What is asked for again is not drawn again; what is not asked for any more makes room."""

import pytest
from django.test import Client

from geo.tiles import answers
from geo.tiles.memory import OVERHEAD, TileMemory
from tests.factories.geo import FacilityFactory
from tests.shapes import point


def test_a_tile_is_drawn_once_and_the_one_asked_longest_ago_makes_room() -> None:
    drawn: list[str] = []

    def draw(tag: str) -> bytes:
        def paint() -> bytes:
            drawn.append(tag)
            return tag.encode() * 100

        return memory.get(tag, paint)

    memory = TileMemory(9 * (100 + OVERHEAD))
    for tag in "abcdefghi":
        draw(tag)
    assert draw("a") == b"a" * 100
    draw("j")
    assert draw("a") == b"a" * 100
    draw("b")
    assert "".join(drawn) == "abcdefghijb"


def test_a_tile_that_would_fill_the_memory_is_not_held() -> None:
    memory = TileMemory(8_000)
    memory.get("small", lambda: b"s")
    assert memory.get("large", lambda: bytes(2_000)) == bytes(2_000)
    assert memory.get("large", lambda: b"drawn again") == b"drawn again"
    assert memory.get("small", lambda: b"not drawn") == b"s"
    assert TileMemory(0).get("any", lambda: b"x") == b"x"


@pytest.mark.django_db
def test_a_change_is_drawn_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    FacilityFactory(category="port", place=point(10, 10))
    first = client.get("/tiles/facilities/1/1/0.mvt")
    with monkeypatch.context() as patch:
        patch.setattr(answers, "_content", lambda *_: pytest.fail("drawn again"))
        assert client.get("/tiles/facilities/1/1/0.mvt").content == first.content

    FacilityFactory(category="port", place=point(11, 10))
    assert client.get("/tiles/facilities/1/1/0.mvt").content != first.content
