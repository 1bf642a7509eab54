from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from geo.models import Facility

GOOD = "code,name,category,lng,lat\nS1,一号,substation,120.1,36.1\n"
BAD = GOOD + "S2,二号,castle,120.2,36.2\n"


def load(path: Path, *options: str) -> tuple[int, str]:
    """Exit status and what was printed."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("load", "facilities", str(path), "--crs", "EPSG:4490", *options, stdout=out, stderr=StringIO())
    return int(ended.value.code or 0), out.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_all_rows_loaded_is_status_zero(folder: Path) -> None:
    (folder / "a.csv").write_text(GOOD, encoding="utf-8")
    status, said = load(folder / "a.csv")
    assert status == 0
    assert "新增 new 1" in said


@pytest.mark.django_db
def test_rejected_rows_go_beside_with_reasons_and_status_three(folder: Path) -> None:
    (folder / "a.csv").write_text(BAD, encoding="utf-8")
    status, _ = load(folder / "a.csv")
    assert status == 3
    lines = (folder / "a.csv.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "row,column,value,reason_zh,reason_en"
    assert lines[1].startswith("3,category,castle,")


@pytest.mark.django_db
def test_reasons_stand_on_the_terminal_in_both_languages_each_once(folder: Path) -> None:
    rows = "".join(f"S{number},站,port,36.1,120.1\n" for number in range(30))  # latitude first
    (folder / "a.csv").write_text(f"code,name,category,lng,lat\n{rows}", encoding="utf-8")
    status, said = load(folder / "a.csv")
    assert status == 1
    assert said.count("swapped") == 1
    assert "坐标 (36.1, 120.1)" in said


@pytest.mark.django_db
def test_a_day_that_is_none_is_named_in_both_languages() -> None:
    with pytest.raises(CommandError, match=r"应为日期.*a day like 2026-03-01 is wanted, got yesterday"):
        call_command("load", "facilities", "a.csv", "--as-of=yesterday")


@pytest.mark.django_db
def test_rejects_can_be_sent_elsewhere(folder: Path) -> None:
    (folder / "a.csv").write_text(BAD, encoding="utf-8")
    load(folder / "a.csv", "--rejects", str(folder / "elsewhere.csv"))
    assert (folder / "elsewhere.csv").exists()
    assert not (folder / "a.csv.rejects.csv").exists()


@pytest.mark.django_db
def test_nothing_loaded_is_status_one(folder: Path) -> None:
    (folder / "a.csv").write_text(BAD.replace("substation", "castle"), encoding="utf-8")
    assert load(folder / "a.csv")[0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("facilities", "nowhere.csv"), "There is no file"),
        (("castles", "a.csv"), "There is no kind castles"),
        (("facilities", "a.csv"), "does not say its coordinate reference system"),
        (("facilities", "a.csv", "--crs", "EPSG:4490", "--user", "nobody"), "There is no account nobody; make it with"),
        (("facilities", "a.csv", "--crs", "EPSG:4490", "--map", "name"), "--map wants NAME=VALUE"),
    ],
)
def test_what_stops_a_load_is_said_in_both_languages_with_status_one(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    (folder / "a.csv").write_text(GOOD, encoding="utf-8")
    with pytest.raises(CommandError, match=words) as stopped:
        call_command("load", *arguments, stdout=StringIO())
    assert stopped.value.returncode == 1
    assert " / " in str(stopped.value)
    assert not Facility.objects.exists()


@pytest.mark.django_db
def test_set_and_map_name_what_a_file_does_not(folder: Path) -> None:
    (folder / "a.csv").write_text("编码,站名,lng,lat\nS1,一号,120.1,36.1\n", encoding="gb18030")
    status, _ = load(folder / "a.csv", "--map", "编码=code", "站名=name", "--set", "category=substation")
    assert status == 0
    assert Facility.objects.get().name == "一号"


@pytest.mark.django_db
def test_a_key_is_made_from_a_hash_and_stays_the_same(folder: Path) -> None:
    (folder / "a.csv").write_text("name,category,lng,lat\n一号,port,120.1,36.1\n", encoding="utf-8")
    load(folder / "a.csv", "--key", "name,category")
    load(folder / "a.csv", "--key", "name,category")
    assert Facility.objects.count() == 1


@pytest.mark.django_db
def test_a_place_for_rejects_that_is_not_there_stops_before_anything_is_loaded(folder: Path) -> None:
    (folder / "a.csv").write_text(BAD, encoding="utf-8")
    with pytest.raises(CommandError, match="--rejects") as ended:
        call_command("load", "facilities", "a.csv", "--crs", "EPSG:4490", "--rejects", "nowhere/rejects.csv")
    assert ended.value.returncode == 1
    assert not Facility.objects.exists()
