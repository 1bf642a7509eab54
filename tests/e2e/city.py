"""A small demo city in a database of its own, and the server as it runs in production, on a free port of this machine."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import psycopg
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SCALE = "0.1"
START_WITHIN = 60


def database_url(name: str) -> str:
    """The server of the tests' own database, another name."""
    place = settings.DATABASES["default"]
    secret = f":{quote(place['PASSWORD'], safe='')}" if place["PASSWORD"] else ""
    return f"postgis://{quote(place['USER'])}{secret}@/{name}?host={quote(place['HOST'], safe='')}&port={place['PORT']}"


def administer() -> psycopg.Connection:
    place = settings.DATABASES["default"]
    return psycopg.connect(
        dbname="postgres",
        user=place["USER"],
        password=place["PASSWORD"] or None,
        host=place["HOST"],
        port=place["PORT"],
        autocommit=True,
    )


def prepare(name: str, run: str, lock: Path, *, reuse: bool) -> None:
    """The city is loaded once per run, whichever worker comes first; with `reuse`, once for many runs."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with administer() as connection:
            found = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
            if found and found[0] == run:
                return
            if found and found[0] and reuse:
                manage(name, "migrate", "--verbosity", "0")
                note(connection, name, run)
                return
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        place = settings.DATABASES["default"] | {"NAME": name}
        with psycopg.connect(
            dbname=name, user=place["USER"], password=place["PASSWORD"] or None, host=place["HOST"], port=place["PORT"]
        ) as own:
            own.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        manage(name, "migrate", "--verbosity", "0")
        manage(name, "demo", "--scale", SCALE)
        with administer() as connection:
            note(connection, name, run)


def note(connection: psycopg.Connection, name: str, run: str) -> None:
    """Which run of the tests the city is for; a city that was not loaded to its end has no note."""
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(run)))


def manage(name: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(name)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(name: str, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """The web server on a port, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi", "--workers", "1"]
    with log.open("w") as said:
        process = subprocess.Popen(
            [*command, "--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url(name), **(environment or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(port, process, log)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
