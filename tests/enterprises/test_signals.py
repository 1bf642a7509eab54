from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from enterprises.models import Signal
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from tests.conftest import MakePerson
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db


def load(folder: Path, *lines: str, header: str = "uscc,date,kind,text,source") -> Report:
    path = folder / "signals.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return load_file("signals", path, Options())


def test_signals_load_by_english_and_chinese_names_and_load_again(tmp_path: Path) -> None:
    EnterpriseFactory(uscc="local:1")
    header = "统一社会信用代码,日期,类型,内容,来源"
    assert load(tmp_path, "local:1,2026年3月1日,扩产,拟建二期,媒体", header=header).inserted == 1
    report = load(tmp_path, "local:1,2026-03-01,expansion,二期开工,公告", "local:1,2026-03-02,relocation,,")
    assert (report.inserted, report.updated) == (1, 1)
    told = Signal.objects.order_by("date").values_list("kind", "text", "reference")
    assert list(told) == [("expansion", "二期开工", "公告"), ("relocation", "", "")]


def test_signals_that_cannot_be_are_refused_in_words(tmp_path: Path) -> None:
    EnterpriseFactory(uscc="local:1")
    report = load(
        tmp_path,
        "local:9,2026-03-01,expansion,,",
        "local:1,2026-03-01,rumour,,",
        "local:1,someday,bid,,",
        "local:1,2026-03-01,bid,first,",
        "local:1,2026-03-01,bid,second,",
    )
    refused = {(refusal.row, refusal.column) for refusal in report.refusals}
    assert {(2, "uscc"), (3, "kind"), (4, "date")} < refused
    assert {row for row, _ in refused} == {2, 3, 4, 6}  # the second of one key
    assert Signal.objects.get().text == "first"


def test_a_signal_is_of_a_known_kind_and_stands_once() -> None:
    firm = EnterpriseFactory()
    Signal.objects.create(enterprise=firm, date="2026-03-01", kind="bid")
    with pytest.raises(IntegrityError, match="signal_once"):
        Signal.objects.create(enterprise=firm, date="2026-03-01", kind="bid")


def test_an_unknown_kind_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError, match="signal_kind_known"):
        Signal.objects.create(enterprise=EnterpriseFactory(), date="2026-03-01", kind="rumour")


def test_what_was_heard_of_firms_is_for_staff(person: MakePerson) -> None:
    Signal.objects.create(enterprise=EnterpriseFactory(), date="2026-03-01", kind="bid")
    assert not Signal.objects.visible_to(AnonymousUser()).exists()
    assert not Signal.objects.visible_to(person("investor")).exists()
    assert Signal.objects.visible_to(person("promotion")).exists()
