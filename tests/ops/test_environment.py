"""config.env: what the environment says, with types and in words."""

from pathlib import Path

import pytest

from config import env


@pytest.fixture(autouse=True)
def no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own .env decides these tests."""
    monkeypatch.setattr(env, "env_file", dict)


def test_an_env_file_may_quote_export_and_comment() -> None:
    said = "# a comment\nPORT=9000\nexport NAME='a b'\n\nURL=\"x=1\"\nEMPTY=\nno line\n"

    assert env.parse_env_file(said) == {"PORT": "9000", "NAME": "a b", "URL": "x=1", "EMPTY": ""}


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "env_file", lambda: {"LUODI_A": "file", "LUODI_B": "file"})
    monkeypatch.setenv("LUODI_A", "environment")

    assert (env.text("LUODI_A"), env.text("LUODI_B")) == ("environment", "file")


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_A", " ")

    assert env.text("LUODI_A", "default") == "default"


def test_a_missing_value_is_named_in_both_languages() -> None:
    with pytest.raises(env.SettingError) as caught:
        env.text("LUODI_NEEDED")

    assert "环境变量 LUODI_NEEDED：" in caught.value.zh
    assert "Environment variable LUODI_NEEDED:" in caught.value.en


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("On", True), ("no", False), ("0", False)])
def test_a_flag_may_be_written_in_several_ways(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("LUODI_A", value)

    assert env.flag("LUODI_A", not meant) is meant


def test_a_flag_that_is_no_switch_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_A", "perhaps")

    with pytest.raises(env.SettingError, match="no switch"):
        env.flag("LUODI_A", False)


@pytest.mark.parametrize(("value", "why"), [("ten", "whole number"), ("0", "too small"), ("99", "too large")])
def test_a_number_outside_its_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, value: str, why: str) -> None:
    monkeypatch.setenv("LUODI_A", value)

    with pytest.raises(env.SettingError, match=why):
        env.integer("LUODI_A", 5, least=1, most=10)


def test_a_relative_path_starts_at_the_project_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_A", "here/there")

    assert env.path("LUODI_A") == env.ROOT / "here" / "there"


def test_a_word_that_is_not_among_the_choices_is_refused_with_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_A", "LOUD")

    with pytest.raises(env.SettingError, match="INFO, ERROR"):
        env.one_of("LUODI_A", ["INFO", "ERROR"], "INFO")


@pytest.mark.parametrize(("value", "meant"), [("", ""), ("/", ""), ("luodi", "/luodi"), ("/a/b/", "/a/b")])
def test_the_path_prefix_never_ends_in_a_slash(monkeypatch: pytest.MonkeyPatch, value: str, meant: str) -> None:
    monkeypatch.setenv("LUODI_BASE_PATH", value)

    assert env.base_path() == meant


def test_a_database_address_is_taken_apart() -> None:
    assert env.parse_database_url("postgis://lu%40:p%2Fw@db:5433/city?sslmode=require") == {
        "NAME": "city",
        "USER": "lu@",
        "PASSWORD": "p/w",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_may_be_reached_by_a_unix_socket() -> None:
    place = env.parse_database_url("postgresql://luodi@/luodi?host=/run/postgresql")

    assert (place["HOST"], place["PORT"], place["OPTIONS"]) == ("/run/postgresql", "5432", {})


@pytest.mark.parametrize("url", ["mysql://a/b", "postgis://host", "postgis://h:port/x", "luodi", "postgis://h/a/b"])
def test_what_is_no_database_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(env.SettingError, match="postgis://luodi:password@"):
        env.parse_database_url(url)


def test_without_an_address_the_database_is_the_checkouts_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert env.uses_private_cluster()
    assert env.database_url()["HOST"] == str(env.socket_directory())


def test_the_socket_lies_in_the_checkout_unless_its_path_is_too_long_for_the_kernel() -> None:
    short, long = Path("/srv/luodi/.luodi"), Path("/srv") / ("x" * 90) / ".luodi"

    assert env.socket_directory(short) == short / "pg" / "socket"
    assert env.socket_directory(long).parent == Path("/tmp")
    assert env.socket_directory(long) == env.socket_directory(long)


def test_a_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUODI_SECRET_KEY", raising=False)
    file = tmp_path / "state" / "secret-key"
    first = env.secret_key("LUODI_SECRET_KEY", file)

    assert len(first) >= 50
    assert env.secret_key("LUODI_SECRET_KEY", file) == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]
