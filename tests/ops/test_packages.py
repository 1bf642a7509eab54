"""Packages of the distribution on a machine where another program is at it, or an installation was cut short."""

from pathlib import Path

import pytest

from scripts import packages
from scripts.messages import Stop

OF_APT = "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (unattended-upgr)"
OF_DPKG = "dpkg: error: dpkg frontend lock was locked by another process with pid 4711"
CUT_SHORT = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."
NEEDS_MISSING = "E: Unmet dependencies. Try 'apt --fix-broken install' with no packages (or specify a solution)."


def program(place: Path, text: str) -> None:
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


@pytest.mark.parametrize(("said", "who"), [(OF_APT, "4711 (unattended-upgr)"), (OF_DPKG, "4711")])
def test_who_holds_the_packages_is_named_and_waited_for(
    said: str, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "LOCK_POLL", 0.01)
    tries = tmp_path / "tries"
    program(tmp_path / "apt-get", f'echo x >> {tries}; test $(wc -l < {tries}) -gt 3 || {{ echo "{said}"; exit 100; }}')

    assert packages.when_unlocked([str(tmp_path / "apt-get"), "update"]) == (0, "")
    assert capsys.readouterr().out.count(f"进程 {who}") == 1


def test_who_holds_the_packages_for_too_long_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "LOCK_SECONDS", 0)
    program(tmp_path / "apt-get", f'echo "{OF_APT}"; exit 100')

    with pytest.raises(Stop) as stopped:
        packages.when_unlocked([str(tmp_path / "apt-get"), "update"])
    assert "process 4711 (unattended-upgr)" in stopped.value.en
    assert "Try again once it has ended; to look at it: ps -f 4711" in stopped.value.en
    assert "请等它结束再重试" in stopped.value.zh


def test_a_failure_of_another_kind_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LOCK_SECONDS", 0)
    program(tmp_path / "apt-get", 'echo "E: Unable to locate package block-process 7"; exit 100')
    status, said = packages.when_unlocked([str(tmp_path / "apt-get"), "install"])
    assert status == 100
    assert "Unable to locate" in said


@pytest.mark.parametrize("said", [CUT_SHORT, NEEDS_MISSING])
def test_an_installation_that_was_cut_short_is_finished_first(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = tmp_path / "done"
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(packages, "becoming_root", list)
    program(tmp_path / "dpkg", f'echo "dpkg $*" >> {done}')
    program(
        tmp_path / "apt-get",
        f'echo "$*" >> {done}; case "$*" in *fix-broken*|*update*) exit 0;; esac\n'
        f'grep -q fix-broken {done} || {{ echo "{said}"; exit 100; }}',
    )

    packages.install(["gdal-bin"])
    asked = "-q install --no-install-recommends -y gdal-bin"
    assert done.read_text().splitlines() == [
        "-q update",
        asked,
        "dpkg --configure -a",
        "-q install --fix-broken --no-install-recommends -y",
        asked,
    ]
