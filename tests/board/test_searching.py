from collections.abc import Callable

import pytest
from django.db import connection

from board.counterparts import counterparts
from board.models import Post
from board.names import How
from board.searching import search, similar_from
from geo.errors import BadParameter
from geo.models import Region
from tests.conftest import MakePerson
from tests.factories.board import PostFactory, SynonymFactory
from tests.factories.chains import ChainNodeFactory

pytestmark = pytest.mark.django_db
Ask = Callable[[str], list[tuple[str, How]]]


@pytest.fixture
def ask(west: Region) -> Ask:
    for product in ("动力电池", "锂离子电池", "电池隔膜", "制冷压缩机", "MCU 控制芯片"):
        PostFactory(product=product, region=west)
    SynonymFactory(name="锂电池", head="锂离子电池")
    SynonymFactory(name="单片机", head="MCU")
    return lambda typed: [(one.post.product, one.likeness.how) for one in search(Post.objects.all(), typed)]


def test_the_name_itself_comes_first_then_names_it_is_part_of(ask: Ask) -> None:
    assert ask("动力电池")[0] == ("动力电池", How.EXACT)
    assert [product for product, how in ask("电池") if how == How.PART] == ["电池隔膜", "动力电池", "锂离子电池"]


def test_another_name_of_it_leads_there_too(ask: Ask) -> None:
    assert ask("锂电池")[0] == ("锂离子电池", How.SYNONYM)
    assert ask("单片机")[0] == ("MCU 控制芯片", How.SYNONYM)


@pytest.mark.parametrize("typed", ["dianchi", "dian chi", "DianChi", "dc"])
def test_pinyin_and_initials_find_it(ask: Ask, typed: str) -> None:
    found = dict(ask(typed))
    assert found.keys() >= {"动力电池", "锂离子电池", "电池隔膜"}
    assert set(found.values()) == {How.PINYIN}


def test_a_slip_still_finds_what_looks_like_it(ask: Ask) -> None:
    assert ("制冷压缩机", How.SIMILAR) in ask("冰箱压缩机")
    assert "动力电池" in dict(ask("donglidianci"))


@pytest.mark.parametrize("typed", ["", "  ", "x", "（）", "电" * 61])
def test_too_little_and_too_much_are_told_in_words(ask: Ask, typed: str) -> None:
    with pytest.raises(BadParameter) as refused:
        ask(typed)
    assert refused.value.name == "q"


@pytest.mark.parametrize("typed", ["电池", "dc", "dianchi"])
def test_even_two_letters_are_found_by_the_index(west: Region, typed: str) -> None:
    for product in ("动力电池", "精密模具", "制冷压缩机"):
        PostFactory(product=product, region=west)
    with similar_from(0.25), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table is read faster as it lies
        plan = Post.objects.all().called(typed, []).explain()
    assert plan.count("Bitmap Index Scan on post_found_by") == 2  # a part of the name; like the name
    part = plan.split("Bitmap Index Scan on post_found_by")[1]
    assert f"found_by ~~ '% {typed}%'" in part
    assert "Seq Scan" not in plan


def test_what_answers_a_post_stands_by_name_then_node_region_and_quantity(west: Region, person: MakePerson) -> None:
    staff = person("promotion")
    east = Region.objects.get(adcode="990002")
    node = ChainNodeFactory(name="电芯")
    SynonymFactory(name="锂电池", head="锂离子电池")
    want = PostFactory(kind="want", product="锂离子电池", region=west, node=node, quantity=10, unit="t")
    exact = PostFactory(product="锂离子电池", region=east, node=node, quantity=5000, unit="kg")
    other_name = PostFactory(product="锂电池", region=west, node=node, quantity=20, unit="t")
    same_node = PostFactory(product="方形铝壳电芯", region=west, node=node)
    PostFactory(product="精密模具", region=west)
    PostFactory(product="锂离子电池", region=west, enterprise=want.enterprise)
    PostFactory(product="锂离子电池", region=west, state="draft", published_at=None)

    found = counterparts(want, staff)

    assert [one.post for one in found] == [other_name, exact, same_node]
    assert [one.likeness and one.likeness.how for one in found] == [How.SYNONYM, How.EXACT, None]
    assert found[0].score == pytest.approx(70 * 0.95 + 30)
    assert found[1].score == pytest.approx(70 + 15 + 10 * 2 / 4 + 5 * 0.5)
    assert found[2].parts.quantity is None
