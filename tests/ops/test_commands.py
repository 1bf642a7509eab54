"""The commands themselves, in processes of their own with a private cluster of their own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from config.env import ROOT, SOCKET_FILE, socket_directory
from scripts.cluster import EXTENSIONS
from tests.ops.test_scripts import free_port, is_alive

HANGING = 600
"""Seconds after which a command is taken to hang; on a busy machine a build and all migrations take minutes."""


@contextmanager
def place_of_its_own() -> Iterator[Path]:
    """For a deployment's own things, where also another user can reach them; taken away with its cluster."""
    place = Path(tempfile.mkdtemp(prefix="luodi-"))
    place.chmod(0o755)
    yield place / "state"
    scripts("stop", place / "state")
    shutil.rmtree(place)


@pytest.fixture
def state() -> Iterator[Path]:
    with place_of_its_own() as state:
        yield state


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """The state of a running server that plays someone else's, with a role `plain` without rights."""
    with place_of_its_own() as state:
        scripts("db", state)
        answer(state, "CREATE ROLE plain LOGIN", "postgres", "postgres")
        yield state


def environment(state: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "LUODI_STATE": str(state), "PYTHONUNBUFFERED": "1", **variables}


def scripts(command: str, state: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scripts", command],
        cwd=ROOT,
        env=environment(state, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGING,
    )


def answer(state: Path, question: str, database: str = "luodi", user: str = "luodi") -> object:
    with psycopg.connect(host=str(socket_directory(state)), user=user, dbname=database, autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def server_pid(state: Path) -> int:
    return int((state / "pg" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def test_the_cluster_is_made_whole_survives_a_crash_and_stops(state: Path) -> None:
    assert scripts("db", state).returncode == 0
    assert str(answer(state, "SELECT postgis_lib_version()")) >= "3.3"
    assert answer(state, "SELECT rolsuper FROM pg_roles WHERE rolname = 'luodi'") is False
    answer(state, "CREATE TABLE kept AS SELECT 42 AS number")

    server = server_pid(state)
    parts = [server, *children_of(server)]
    os.kill(server, signal.SIGKILL)
    while any(is_alive(part) for part in parts):
        time.sleep(0.05)
    (state / "pg" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")  # the number went to another program
    assert scripts("db", state).returncode == 0
    assert answer(state, "SELECT number FROM kept") == 42

    assert scripts("stop", state).returncode == 0
    assert not (socket_directory(state) / SOCKET_FILE).exists()


def test_who_interrupts_the_start_of_the_database_leaves_none_running(state: Path, tmp_path: Path) -> None:
    """At each point of the way: made, started, completed; and the next start goes on from there."""
    for words in ("creating the database cluster", "starting the database", "starting the database"):
        output = tmp_path / "output"
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "scripts", "db"],
                cwd=ROOT,
                env=environment(state),
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(output, words, process)
        process.send_signal(signal.SIGINT)

        assert process.wait(HANGING) == 130, output.read_text()
        assert "interrupted; start again at any time" in output.read_text()
        assert not (socket_directory(state) / SOCKET_FILE).exists()
    assert scripts("db", state).returncode == 0
    assert str(answer(state, "SELECT postgis_lib_version()")) >= "3.3"


def test_a_first_run_that_was_cut_short_is_finished(state: Path) -> None:
    scripts("db", state)
    (state / "pg" / "complete").unlink()
    answer(state, "DROP DATABASE luodi", "postgres", "postgres")

    assert scripts("db", state).returncode == 0
    assert answer(state, "SELECT count(*) FROM pg_extension WHERE extname = 'postgis'") == 1


def test_a_cluster_in_a_place_that_only_its_maker_can_enter_works(state: Path) -> None:
    state.parent.chmod(0o700)

    assert scripts("db", state).returncode == 0
    assert answer(state, "SELECT 1") == 1
    home = (state / "pg").resolve()
    scripts("stop", state)
    if home != state / "pg":
        shutil.rmtree(home)


def wait_for(output: Path, words: str, process: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + HANGING
    while time.monotonic() < deadline:
        said = output.read_text()
        if words in said or process.poll() is not None:
            return said
        time.sleep(0.1)
    return output.read_text()


def test_make_run_serves_an_empty_deployment_and_stops_in_order(state: Path, tmp_path: Path) -> None:
    output, port = tmp_path / "output", free_port()
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts", "run"],
            cwd=ROOT,
            env=environment(state, DEMO="0", PORT=str(port), HOST="127.0.0.1", LUODI_BASE_PATH=""),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    said = wait_for(output, "Ctrl-C", process)
    assert f"http://127.0.0.1:{port}/" in said
    assert "manage.py city 370200" in said

    for other in (port, free_port()):
        again = scripts("run", state, PORT=str(other), HOST="127.0.0.1")
        assert again.returncode == 1
        assert f"already runs from this checkout, or is starting (process {process.pid})" in again.stderr
        assert "已在运行" in again.stderr

    process.send_signal(signal.SIGINT)
    assert process.wait(HANGING) == 0
    assert not (socket_directory(state) / SOCKET_FILE).exists()
    assert not (state / "run.pid").exists()


def children_of(parent: int) -> dict[int, str]:
    """Child processes and their command lines."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            if stat.read_text().rpartition(")")[2].split()[1] == str(parent):
                found[int(stat.parent.name)] = (stat.parent / "cmdline").read_text()
    return found


def child_of(parent: int, word: str) -> int:
    """The child process whose command line has the word."""
    return next(pid for pid, words in children_of(parent).items() if word in words)


def test_when_one_part_dies_all_end_with_the_reason(state: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts", "run"],
            cwd=ROOT,
            env=environment(state, DEMO="0", PORT=str(free_port()), HOST="127.0.0.1", LUODI_BASE_PATH=""),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    wait_for(output, "Ctrl-C", process)
    os.kill(child_of(process.pid, "procrastinate"), signal.SIGKILL)

    assert process.wait(HANGING) == 1
    assert "The job worker ended unexpectedly (ended by the signal SIGKILL" in output.read_text()
    assert not (socket_directory(state) / SOCKET_FILE).exists()


def test_a_command_in_a_bare_checkout_starts_the_database_and_says_that_tables_come_first(state: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "city", "330302"],
        cwd=ROOT,
        env=environment(state),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGING,
    )

    assert done.returncode == 1
    assert "manage.py migrate" in done.stderr
    assert "请先执行" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_variable_that_is_wrong_is_named_before_anything_starts(state: Path) -> None:
    done = scripts("run", state, PORT="http")

    assert done.returncode == 1
    assert "Environment variable PORT" in done.stderr
    assert not state.exists()


def prepare(state: Path, url: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scripts.prepare"],
        cwd=ROOT,
        env=environment(state, DATABASE_URL=url, DEMO="0"),
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGING,
    )


def make_database(server: Path, name: str, *, with_extensions: bool) -> str:
    """A bare database owned by `plain`; its address."""
    answer(server, f"CREATE DATABASE {name} TEMPLATE template0 OWNER plain", "postgres", "postgres")
    if with_extensions:
        for extension in EXTENSIONS:
            answer(server, f"CREATE EXTENSION {extension}", name, "postgres")
    return f"postgis://plain@/{name}?host={socket_directory(server)}"


def test_a_server_without_postgis_gives_the_line_to_ask_its_administrator_for(server: Path) -> None:
    done = prepare(server, make_database(server, "bare", with_extensions=False))

    assert done.returncode == 1
    asked = done.stderr.strip().splitlines()[-1]
    assert asked.strip().startswith('psql -d bare -c "CREATE EXTENSION')
    assert all(f"CREATE EXTENSION IF NOT EXISTS {extension}" in asked for extension in EXTENSIONS)


@pytest.mark.parametrize(
    ("offered", "installed", "zh", "en", "asked"),
    [
        (None, None, "没有安装扩展 postgis", "lacks the extensions postgis", "(Debian: postgresql-"),
        ("3.2.1", None, "PostGIS 为 3.2.1，需要 3.3", "is 3.2.1; 3.3 or newer is needed", "(Debian: postgresql-"),
        ("3.2.1", "2.5.5", "PostGIS 为 3.2.1，需要 3.3", "is 3.2.1; 3.3 or newer is needed", "ALTER EXTENSION"),
        (
            "3.4dev",
            "3.2.1",
            "PostGIS 为 3.2.1，需要 3.3",
            "and the server has 3.4dev",
            '-c "ALTER EXTENSION postgis UPDATE"',
        ),
    ],
)
def test_a_server_whose_postgis_is_absent_or_old_says_what_to_install(
    server: Path, offered: str | None, installed: str | None, zh: str, en: str, asked: str
) -> None:
    """What the server offers is read from its catalogue; one that comes first in this role's path tells of old things."""
    url = make_database(server, "old", with_extensions=False).replace("plain@", "behind@")
    postgis = f"SELECT 'postgis', {literal(offered)}, {literal(installed)}" if offered else "SELECT NULL, NULL, NULL"
    answer(
        server,
        f"""DROP ROLE IF EXISTS behind; CREATE ROLE behind LOGIN; GRANT CREATE ON DATABASE old TO behind;
        CREATE SCHEMA told; GRANT USAGE ON SCHEMA told TO behind;
        CREATE VIEW told.pg_available_extensions (name, default_version, installed_version) AS {postgis}
        UNION ALL SELECT name, default_version, installed_version FROM pg_catalog.pg_available_extensions
        WHERE name IN ('pg_trgm', 'btree_gist'); GRANT SELECT ON told.pg_available_extensions TO behind;
        ALTER ROLE behind IN DATABASE old SET search_path = told, pg_catalog""",
        "old",
        "postgres",
    )

    done = prepare(server, url)

    assert done.returncode == 1
    assert zh in done.stderr
    assert en in done.stderr
    assert asked in done.stderr
    assert "Traceback" not in done.stderr
    assert answer(server, "SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'", "old", "postgres") == 0
    answer(server, "DROP DATABASE old", "postgres", "postgres")


def literal(text: str | None) -> str:
    return "NULL" if text is None else f"'{text}'"


def test_a_role_that_may_not_create_tables_is_told_what_to_do(server: Path) -> None:
    url = make_database(server, "closed", with_extensions=True)
    answer(server, "ALTER DATABASE closed OWNER TO postgres", "postgres", "postgres")

    done = prepare(server, url)

    assert done.returncode == 1
    assert "GRANT CREATE ON SCHEMA public TO plain" in done.stderr


@pytest.fixture(scope="module")
def migrated(server: Path) -> str:
    """The address of a database whose tables `plain` made."""
    url = make_database(server, "owned", with_extensions=True)
    assert prepare(server, url).returncode == 0
    return url


def test_a_role_without_ownership_may_serve_what_the_owner_migrated(server: Path, migrated: str) -> None:
    answer(server, "CREATE ROLE serving LOGIN", "postgres", "postgres")
    answer(server, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO serving", "owned", "plain")

    assert prepare(server, migrated.replace("plain@", "serving@")).returncode == 0


def test_a_role_that_may_not_read_the_tables_is_told_what_their_owner_must_run(server: Path, migrated: str) -> None:
    answer(server, "CREATE ROLE stranger LOGIN", "postgres", "postgres")

    done = prepare(server, migrated.replace("plain@", "stranger@"))

    assert done.returncode == 1
    assert "permission denied for table django_migrations" in done.stderr
    assert "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO stranger" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgis://luodi@127.0.0.1:1/luodi", "cannot be reached"),
        ("postgis://luodi@/absent?host=SOCKET", 'database "absent" does not exist'),
        ("mysql://luodi@db/luodi", "is not the address of a database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_with_its_reason(server: Path, url: str, said: str) -> None:
    done = prepare(server, url.replace("SOCKET", str(socket_directory(server))))

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
