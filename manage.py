#!/usr/bin/env python3
"""Django's command line. Without DATABASE_URL it uses the private cluster of this checkout, and starts it when needed."""

import os
import sys

from config.env import SettingError, uses_private_cluster
from scripts import cluster
from scripts.messages import Stop

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
        execute_from_command_line(sys.argv)
    except (SettingError, Stop) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
