"""What must hold before a change is handed on: lint, types, tests, of both halves."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from config import env
from config.env import ROOT
from scripts import cluster, frontend, packages, python
from scripts.messages import line
from scripts.shell import openly

TOOLS = ROOT / ".venv" / "bin"


@dataclass(frozen=True)
class Part:
    """One check: a name, and the command whose exit status is the verdict."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    cwd: Path = ROOT


def python_parts() -> list[Part]:
    tool = [str(TOOLS / "python"), "-m"]
    return [
        Part("ruff check", [str(TOOLS / "ruff"), "check", "."]),
        Part("ruff format", [str(TOOLS / "ruff"), "format", "--check", "."]),
        Part("rooms", [str(TOOLS / "lint-imports")]),
        Part("migrations", [str(TOOLS / "python"), "manage.py", "makemigrations", "--check", "--dry-run"]),
        Part("notices", [*tool, "scripts.notices", "--check"]),
        Part("mypy", [*tool, "mypy", "."]),
    ]


def frontend_parts() -> list[Part]:
    parts = {"eslint": "lint", "vue-tsc": "types", "vitest": "test"}
    return [Part(name, *frontend.script(script), cwd=frontend.FRONTEND) for name, script in parts.items()]


def prepare() -> bool:
    """Everything that checks and tests need, from nothing. True when the database was started for them."""
    packages.ensure(for_tests=True)
    python.ensure(for_tests=True)
    frontend.ensure_built()
    frontend.ensure_modules()
    return cluster.ensure_running()


def failed_parts() -> list[str]:
    """Run the checks of both halves side by side; print what failed."""
    with ThreadPoolExecutor(max_workers=2) as lanes:
        halves = list(lanes.map(run_lane, (python_parts(), frontend_parts())))
    return [name for half in halves for name in half]


def run_lane(parts: list[Part]) -> list[str]:
    return [part.name for part in parts if not passes(part)]


def passes(part: Part) -> bool:
    """Run one check; its output is shown only when it fails."""
    begun = time.monotonic()
    done = subprocess.run(
        part.command,
        cwd=part.cwd,
        env={**os.environ, **part.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    took = time.monotonic() - begun
    if done.returncode == 0:
        line(f"  ✓ {part.name} {took:.1f} s")
        return True
    line(f"  ✗ {part.name} {took:.1f} s\n{done.stdout.rstrip()}\n")
    return False


def check() -> int:
    """`make check`: all but the Python tests."""
    prepare()
    return report(failed_parts())


def test() -> int:
    """`make test`: everything. Pytest comes last, so that its closing line is the last thing said."""
    started = prepare()
    try:
        failed = failed_parts()
        report(failed)
        pytest = [str(TOOLS / "python"), "-m", "pytest", "-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
        status = openly(pytest, environment={"LUODI_CHROMIUM": env.text("LUODI_CHROMIUM", packages.chromium())})
    finally:
        if started:
            cluster.stop()
    return status or bool(failed)


def report(failed: list[str]) -> int:
    if failed:
        line(f"· 未通过 · not passed: {', '.join(failed)}")
        return 1
    line("· 检查通过 · all checks passed")
    return 0


def fix() -> int:
    """`make fix`: what tools can mend by themselves."""
    python.ensure(for_tests=True)
    frontend.ensure_modules()
    ruff = str(TOOLS / "ruff")
    command, environment = frontend.script("fix")
    return (
        openly([ruff, "check", "--fix", "."])
        | openly([ruff, "format", "."])
        | openly(command, environment=environment, cwd=frontend.FRONTEND)
    )


def bench() -> int:
    """`make bench`: the measurements of benchmarks/."""
    prepare()
    return openly([str(TOOLS / "python"), "-m", "benchmarks"])
