"""`python3 -m scripts COMMAND`, as the Makefile calls it."""

import shutil
import sys
from collections.abc import Callable

from config.env import SettingError
from scripts import checks, cluster, frontend, packages, python, run
from scripts.messages import Stop, line, warn


def setup() -> int:
    """Everything that running, checking and testing need."""
    started = checks.prepare()
    if started:
        cluster.stop()
    line("· 准备完成 · everything is in place")
    return 0


def database() -> int:
    """The private cluster alone."""
    packages.ensure()
    cluster.ensure_running()
    line(f"· 数据库就绪 · the database is ready: psql -h {cluster.HOME / 'socket'} -U luodi luodi")
    return 0


def clean() -> int:
    """Take away all that the other commands made: the database with its data, environments, builds."""
    if cluster.HOME.exists() and sys.stdin.isatty():
        line(
            "数据库及其全部数据将被删除。确认请输入 yes · The database and all its data will be deleted. Type yes to go on:"
        )
        if sys.stdin.readline().strip() != "yes":
            return 1
    run.stop()
    cluster.remove()
    for place in (cluster.STATE, python.ENVIRONMENT, frontend.MODULES, frontend.BUILT.parent):
        shutil.rmtree(place, ignore_errors=True)
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "setup": setup,
    "run": run.run,
    "db": database,
    "stop": run.stop,
    "check": checks.check,
    "test": checks.test,
    "fix": checks.fix,
    "bench": checks.bench,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        line(f"python3 -m scripts {'|'.join(COMMANDS)}")
        return 2
    try:
        return COMMANDS[arguments[0]]()
    except (Stop, SettingError) as problem:
        warn(problem)
        return 1
    except KeyboardInterrupt:
        line("\n· 已中断，可随时重来 · interrupted; start again at any time")
        return 130


sys.exit(main(sys.argv[1:]))
