"""Databases of their own for measurements, in the private cluster beside the deployment's."""

import os
from functools import cache
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]


@cache
def address(name: str) -> str:
    """DATABASE_URL of a measuring database."""
    from config import env

    if not env.uses_private_cluster():
        raise SystemExit("Set no DATABASE_URL: the measurements use databases of their own in the private cluster.")
    return f"postgis://luodi@/{name}?host={env.socket_directory()}"


def prepare(name: str) -> None:
    """Create and migrate the database unless that was done before; then set Django up on it."""
    import psycopg

    from config import env

    url = address(name)
    with psycopg.connect(
        host=str(env.socket_directory()), user="luodi", dbname="luodi", autocommit=True
    ) as maintenance:
        if not maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            maintenance.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
