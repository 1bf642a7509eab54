from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from board.exporting import exported
from board.models import Post, Synonym
from board.searching import search
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Region
from tests.conftest import MakePerson
from tests.factories.chains import ChainNodeFactory
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db
LATER = (timezone.localdate() + timedelta(days=60)).isoformat()


def load(folder: Path, kind: str, *lines: str, header: str, by: User | None = None) -> Report:
    path = folder / f"{kind}.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return load_file(kind, path, Options(), by=by)


def test_posts_load_by_chinese_names_are_found_at_once_and_load_again(tmp_path: Path, west: Region) -> None:
    EnterpriseFactory(uscc="local:1", region=west)
    node = ChainNodeFactory()
    header = "统一社会信用代码,类型,产品,产业链,环节,数量,单位,截止日期,状态"
    line = f"local:1,供应,动力电池,{node.chain.code},{node.code},5,吨,{LATER},已发布"
    assert load(tmp_path, "board_posts", line, header=header).inserted == 1
    post = Post.objects.get()
    assert (post.node, post.region, post.unit, post.state) == (node, west, "t", "published")
    assert [one.post for one in search(Post.objects.all(), "dldc")] == [post]
    again = load(tmp_path, "board_posts", f"local:1,offer,动力 电池,{LATER}", header="uscc,kind,product,until")
    assert (again.inserted, again.updated) == (0, 1)
    post.refresh_from_db()
    assert (post.quantity, post.node, post.state) == (5, node, "published")


def test_what_left_as_a_file_comes_back_as_it_was(tmp_path: Path, west: Region) -> None:
    EnterpriseFactory(uscc="local:1", region=west)
    load(
        tmp_path,
        "board_posts",
        f"local:1,want,电池,3,件,{LATER},要快,published",
        header="uscc,kind,product,quantity,unit,until,words,state",
    )
    rows = Post.objects.select_related("enterprise", "node__chain")
    before = list(rows.values("product", "quantity", "unit", "until", "words", "state", "region"))
    path = tmp_path / "again.csv"
    path.write_bytes(exported(rows, "csv").content)
    report = load_file("board_posts", path, Options())
    assert (report.rejected, report.updated) == (0, 1)
    assert list(rows.values("product", "quantity", "unit", "until", "words", "state", "region")) == before


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"local:9,offer,电池,1,t,,{LATER},", "uscc"),
        (f"local:1,gift,电池,1,t,,{LATER},", "kind"),
        (f"local:1,offer,（）,1,t,,{LATER},", "product"),
        (f"local:1,offer,电池,-1,t,,{LATER},", "quantity"),
        (f"local:1,offer,电池,0,t,,{LATER},", "quantity"),
        (f"local:1,offer,电池,1,bushel,,{LATER},", "unit"),
        (f"local:1,offer,电池,1,,,{LATER},", "unit"),
        (f"local:1,offer,电池,1,t,123456,{LATER},", "region"),
        ("local:1,offer,电池,1,t,,2020-01-01,", "until"),
        (f"local:1,offer,电池,1,t,,{LATER},打 13812345678", "words"),
    ],
)
def test_rows_that_cannot_be_are_refused_in_words(tmp_path: Path, west: Region, line: str, column: str) -> None:
    EnterpriseFactory(uscc="local:1", region=west)
    report = load(tmp_path, "board_posts", line, header="uscc,kind,product,quantity,unit,region,until,words")
    assert [refusal.column for refusal in report.refusals] == [column]
    assert all(refusal.reason.zh and refusal.reason.en for refusal in report.refusals)
    assert not Post.objects.exists()


def test_two_spellings_of_one_product_are_one_row(tmp_path: Path, west: Region) -> None:
    EnterpriseFactory(uscc="local:1", region=west)
    lines = (f"local:1,offer,LED灯,{LATER}", f"local:1,offer,ＬＥＤ 灯,{LATER}")
    report = load(tmp_path, "board_posts", *lines, header="uscc,kind,product,until")
    assert (report.inserted, report.rejected) == (1, 1)


def test_a_file_may_do_no_more_than_its_owner(tmp_path: Path, west: Region, person: MakePerson) -> None:
    EnterpriseFactory(uscc="local:1", region=west)
    line, header = f"local:1,offer,电池,{LATER}", "uscc,kind,product,until"
    with pytest.raises(NotAllowed):
        load(tmp_path, "board_posts", line, header=header, by=person("land"))
    report = load(tmp_path, "board_posts", line, header=header, by=person("promotion", region="990002"))
    assert [refusal.column for refusal in report.refusals] == ["region"]


def test_synonyms_load_and_those_that_say_nothing_are_refused(tmp_path: Path) -> None:
    lines = ("锂离子电池,锂电池", "锂离子 电池,电池", "电池,电 池")
    report = load(tmp_path, "product_synonyms", *lines, header="名称,标准名称")
    assert (report.inserted, report.rejected) == (1, 2)
    assert Synonym.objects.get().head == "锂电池"


def test_a_file_neither_changes_nor_takes_over_a_post_of_another_region(
    tmp_path: Path, west: Region, person: MakePerson
) -> None:
    """With the post would come the contact of its firm."""
    east = Region.objects.get(adcode="990002")
    EnterpriseFactory(uscc="local:1", region=west)
    line, header = f"local:1,offer,电池,990002,{LATER}", "uscc,kind,product,region,until"
    load(tmp_path, "board_posts", line.replace("990002", "990001"), header=header)
    report = load(tmp_path, "board_posts", line, header=header, by=person("promotion", region="990002"))
    assert [refusal.column for refusal in report.refusals] == ["product"]
    assert Post.objects.get().region == west
    assert load(tmp_path, "board_posts", line, header=header).updated == 1  # for all regions
    assert Post.objects.get().region == east


def test_a_post_stays_in_its_region_when_a_file_names_none(tmp_path: Path, west: Region) -> None:
    east = Region.objects.get(adcode="990002")
    EnterpriseFactory(uscc="local:1", region=west)
    load(tmp_path, "board_posts", f"local:1,offer,电池,990002,{LATER}", header="uscc,kind,product,region,until")
    load(tmp_path, "board_posts", f"local:1,offer,电 池,{LATER}", header="uscc,kind,product,until")
    assert Post.objects.get().region == east
