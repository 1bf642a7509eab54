"""`python3 -m scripts COMMAND`, as the Makefile calls it."""

import sys

from config.env import SettingError
from scripts import cluster
from scripts.messages import Stop, line, warn


def db() -> int:
    cluster.ensure_running()
    line("数据库就绪 · the database is ready")
    return 0


def main(arguments: list[str]) -> int:
    try:
        return {"db": db}[arguments[0]]()
    except (Stop, SettingError) as problem:
        warn(problem)
        return 1


sys.exit(main(sys.argv[1:]))
