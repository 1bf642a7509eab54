#!/usr/bin/env python3
"""Django's command line. Without DATABASE_URL it uses the private cluster of this checkout, and starts it when needed."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config.env import SettingError, uses_private_cluster
from scripts import cluster
from scripts.messages import Stop

UNDEFINED_TABLE, UNDEFINED_COLUMN = "42P01", "42703"
WITHOUT_DATABASE = {"help", "version", "--help", "-h", "--version", "collectstatic", "spectacular"}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as missing:
        if missing.name != "django":
            raise
        print("未安装依赖：请先执行 make setup，再用 .venv/bin/python manage.py …", file=sys.stderr)
        print("Django is not installed here: run make setup, then .venv/bin/python manage.py …", file=sys.stderr)
        return 1
    try:
        if uses_private_cluster() and not WITHOUT_DATABASE.intersection(sys.argv[1:2]):
            cluster.ensure_running()
        with tables_in_words():
            execute_from_command_line(sys.argv)
    except (SettingError, Stop) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


@contextmanager
def tables_in_words() -> Iterator[None]:
    """A database whose tables were never made, or by an older release, is a sentence that says what to do."""
    from django.db import ProgrammingError

    try:
        yield
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") not in {UNDEFINED_TABLE, UNDEFINED_COLUMN}:
            raise
        raise Stop(
            zh="数据库中还没有（或缺少新版的）数据表。请先执行 .venv/bin/python manage.py migrate，或 make run。",
            en="The database lacks its tables, or those of this release. First run .venv/bin/python manage.py migrate, "
            "or make run.",
        ) from error


if __name__ == "__main__":
    sys.exit(main())
