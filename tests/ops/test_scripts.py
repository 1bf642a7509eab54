"""The commands' parts: what is missing, what is already done, what went wrong and in which words."""

import fcntl
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.env import ROOT
from scripts import cluster, frontend, owner, packages, prepare, python, run, shell, tuning
from scripts.messages import Stop


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def always(answer: bool) -> Callable[[], bool]:
    return lambda: answer


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("npm error code ENOTFOUND", "the network cannot be reached"),
        ("E: Failed to fetch x Temporary failure resolving 'y'", "the network cannot be reached"),
        ("ERROR: no version of x (from versions: none)", "the network cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("SyntaxError", "it said:"),
    ],
)
def test_a_failed_program_is_explained_by_what_it_said(said: str, cause: str) -> None:
    assert cause in shell.explain(said, zh="失败", en="failed").en


def test_a_build_that_cannot_resolve_a_file_is_not_taken_for_a_lack_of_network() -> None:
    said = "[UNRESOLVED_IMPORT] Could not resolve './useSending' in src/a.vue"

    assert "network" not in shell.explain(said, zh="失败", en="failed", is_remote=False).en
    with pytest.raises(Stop, match="it said:\n  Could not resolve"):
        shell.quietly(["sh", "-c", "echo Could not resolve x; exit 1"], zh="失败", en="failed", is_remote=False)


def test_work_is_done_again_when_a_file_or_its_name_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "ROOT", tmp_path)
    file, stamp = tmp_path / "a.ts", tmp_path / "stamp"
    file.write_text("one")
    stamp.write_text(shell.fingerprint([file]))

    assert shell.is_stamped(stamp, shell.fingerprint([file]))
    file.write_text("two")
    assert not shell.is_stamped(stamp, shell.fingerprint([file]))
    file.write_text("one")
    assert not shell.is_stamped(stamp, shell.fingerprint([file.rename(tmp_path / "b.ts")]))


@pytest.mark.parametrize(
    ("version", "enough"),
    [("v18.20.4", False), ("v20.18.0", False), ("v20.19.0", True), ("v21.7.0", False), ("v22.12.0", True), ("", False)],
)
def test_node_is_new_enough_when_vite_accepts_it(version: str, enough: bool) -> None:
    assert frontend.is_new_enough(version) is enough


def test_a_change_of_a_test_does_not_rebuild_the_pages() -> None:
    assert not any(file.name.endswith(".test.ts") for file in frontend.sources())
    assert frontend.FRONTEND / "package.json" in frontend.sources()


def test_a_user_without_rights_gets_the_line_to_ask_an_administrator_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "TO_RUN", [packages.Need("gdal-bin", always(False))])
    monkeypatch.setattr(packages, "OWN_DATABASE", packages.Need("postgresql-postgis", always(True)))
    monkeypatch.setattr(packages, "becoming_root", lambda: None)

    with pytest.raises(Stop, match=r"apt-get install --no-install-recommends -y gdal-bin$"):
        packages.ensure()


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "TO_RUN", [packages.Need("gdal-bin", always(True))])
    monkeypatch.setattr(packages, "OWN_DATABASE", packages.Need("postgresql-postgis", always(True)))
    monkeypatch.setattr(packages, "install", lambda names: pytest.fail(f"installs {names}"))

    packages.ensure()


def test_a_virtual_environment_that_does_not_start_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "python"
    broken.symlink_to(tmp_path / "gone")
    monkeypatch.setattr(python, "PYTHON", broken)

    assert not python.works()


def server(place: Path, version: str, *, with_postgis: bool) -> None:
    """What a package of PostgreSQL leaves on the disk, as far as it is looked for."""
    (place / "lib" / version / "bin").mkdir(parents=True)
    (place / "lib" / version / "bin" / "initdb").touch()
    (place / "share" / version / "extension").mkdir(parents=True)
    if with_postgis:
        (place / "share" / version / "extension" / "postgis.control").touch()


def test_only_servers_new_enough_and_with_postgis_count(tmp_path: Path) -> None:
    server(tmp_path, "13", with_postgis=True)
    server(tmp_path, "16", with_postgis=True)
    server(tmp_path, "17", with_postgis=False)

    assert set(cluster.installed_servers(tmp_path / "lib", tmp_path / "share")) == {16}


def test_a_cluster_of_a_version_that_is_gone_says_what_to_install() -> None:
    with pytest.raises(Stop, match="Install postgresql-9-postgis-3, or run make clean"):
        cluster.server_binaries(9)


def test_the_server_listens_on_no_network_and_writes_safely() -> None:
    configuration = tuning.server_configuration(Path("/srv/o'luodi/socket"))

    assert "listen_addresses = ''\n" in configuration
    assert "unix_socket_directories = '\"/srv/o''luodi/socket\"'\n" in configuration
    assert "fsync = 'on'\n" in configuration
    assert "synchronous_commit = 'on'\n" in configuration


def test_a_port_that_is_taken_is_named_with_the_next_one_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Stop, match=f"PORT={port + 1} make run"):
            run.require_free("127.0.0.1", port)


def test_two_runs_never_share_a_database_or_a_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "STATE", tmp_path)
    monkeypatch.setattr(run, "PID_FILE", tmp_path / "run.pid")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with run.the_only_run(8000):
        with pytest.raises(Stop, match="Run make stop first"), run.the_only_run(8001):
            pass
        monkeypatch.setenv("DATABASE_URL", "postgis:///another")
        with run.the_only_run(8000), run.the_only_run(8001), pytest.raises(Stop, match="Run make stop first"):
            run.the_only_run(8001).__enter__()
    monkeypatch.delenv("DATABASE_URL")
    with run.the_only_run(8000):
        pass


def test_who_starts_the_database_waits_for_its_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the new start finds a socket that is about to vanish, and serves nothing."""
    monkeypatch.setattr(cluster, "STATE", tmp_path)
    monkeypatch.setattr(cluster, "HOME", tmp_path / "pg")
    (tmp_path / "pg" / "data").mkdir(parents=True)
    (tmp_path / "pg" / "data" / "PG_VERSION").write_text("15")
    asked: list[bool] = []

    def find() -> cluster.Cluster:
        with (tmp_path / "lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        asked.append(True)
        return cluster.Cluster(tmp_path / "pg", tmp_path, owner.find_owner(tmp_path / "pg"))

    monkeypatch.setattr(cluster, "find_cluster", find)
    assert cluster.stop() is False
    assert asked == [True]


@pytest.mark.parametrize(("status", "is_broken"), [(200, False), (404, False), (500, True), (503, True)])
def test_a_server_that_answers_with_an_error_is_not_announced(status: int, is_broken: bool) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Not into the tests' output."""

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        with pytest.raises(Stop, match=f"error \\({status}\\)") if is_broken else nullcontext():
            run.wait_until_it_answers("127.0.0.1", server.server_port, [])
        answering.join()


def test_who_does_not_listen_is_ended_with_all_its_own_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell that ignores the request to end, with a sleeper in its group, as granian has its workers."""
    monkeypatch.setattr(run, "STOPPING_SECONDS", 0.3)
    command = ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    sleeper = int(process.stdout.readline())

    run.end_children([run.Child("网页服务", "The web server", process)])

    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while is_alive(sleeper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(sleeper)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def interrupted(asking: str, *, once: Path) -> int:
    """The exit status of a Python program that gets Ctrl-C as soon as a file is there."""
    with subprocess.Popen([sys.executable, "-c", asking], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 20
        while not once.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        return process.wait(20)


def test_a_program_that_is_interrupted_takes_its_children_along(tmp_path: Path) -> None:
    """As npm has the compiler: Ctrl-C while the frontend is built leaves nothing that goes on building."""
    kept = tmp_path / "sleeper"
    command = ["sh", "-c", f"sleep 60 & echo $! > {kept}.draft; mv {kept}.draft {kept}; wait"]
    asking = f"from scripts.shell import quietly; quietly({command!r}, zh='', en='')"
    assert interrupted(asking, once=kept) != 0
    assert not is_alive(int(kept.read_text()))


def test_who_is_interrupted_while_packages_are_installed_waits_for_their_end(tmp_path: Path) -> None:
    """Half-installed packages would block every later installation on the machine."""
    begun, done = tmp_path / "begun", tmp_path / "done"
    command = ["sh", "-c", f"touch {begun}; sleep 1; touch {done}"]
    asking = f"from scripts.packages import run_whole; run_whole({command!r})"
    assert interrupted(asking, once=begun) != 0
    assert done.exists()


def test_a_host_that_is_no_address_is_named() -> None:
    with pytest.raises(Stop, match=r"HOST=x86-linux\.invalid is no address of this machine"):
        run.require_free("x86-linux.invalid", free_port())


def test_a_port_that_is_free_is_accepted() -> None:
    run.require_free("127.0.0.1", free_port())


def test_a_disk_without_room_is_named_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SPACE_TO_SERVE", 10**18)
    monkeypatch.setattr(run, "SPACE_TO_BEGIN", 10**18)

    with pytest.raises(Stop, match="Free some space and try again"):
        run.require_space()


def test_a_server_older_than_15_is_named_with_its_version() -> None:
    """No such server is at hand to ask; only what it would say of itself is written down here."""
    info = SimpleNamespace(server_version=140011, parameter_status={"server_version": "14.11"}.get)

    with pytest.raises(Stop, match=r"PostgreSQL 14\.11; 15 or newer is needed"):
        prepare.require_version(SimpleNamespace(info=info))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("version", "enough"), [("3.2.9", False), ("3.3.2", True), ("3.4dev", True), ("3.10.0", True), ("4.0.0", True)]
)
def test_postgis_is_new_enough_from_3_3_on(version: str, enough: bool) -> None:
    assert prepare.is_new_enough(version) is enough
