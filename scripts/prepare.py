"""Inside the virtual environment, before serving: is the database usable, are its tables current, does it hold a city?

Run as `python -m scripts.prepare`, with `--accounts FILE` to have the demo's accounts written there.
"""

import argparse
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config import env
from scripts.messages import Stop, line, step, warn

NO_ROOM = 64 * 1024**2
OLDEST_SERVER = 150000
OLDEST_POSTGIS = (3, 3)
EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=Path, help="file to write the demo's accounts to")
    arguments = parser.parse_args()
    try:
        if not env.uses_private_cluster():
            examine_server()
        with database_trouble_in_words():
            start_django()
            migrate()
            fill()
            if arguments.accounts:
                arguments.accounts.write_text(demo_accounts(), encoding="utf-8")
    except (Stop, env.SettingError) as problem:
        warn(problem)
        return 1
    return 0


@contextmanager
def database_trouble_in_words() -> Iterator[None]:
    """A command's refusal, a full disk or a server that went away is a sentence, not a traceback."""
    from django.core.management import CommandError
    from django.db import OperationalError, ProgrammingError, connection

    try:
        yield
    except CommandError as refusal:
        raise Stop(zh="命令未能完成：", en=f"A command could not finish:\n{refusal}") from None
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.DiskFull) or has_no_room():
            raise Stop(
                zh="数据库所在磁盘已满，本步未写入任何内容。请腾出空间后重试。",
                en="The database's disk is full; this step wrote nothing. Free some space and try again.",
            ) from None
        raise Stop(
            zh="数据库连接中断，请查看数据库日志后重试。",
            en=f"The connection to the database broke. See its log and try again. It said:\n  {str(error).strip()}",
        ) from None
    except ProgrammingError as error:
        if not isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise
        user = connection.settings_dict["USER"]
        asked = (
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user};\n"
            f"  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {user}"
        )
        raise Stop(
            zh=f"用户 {user} 无权使用 Luodi 的数据表（{str(error).strip()}）。请数据表的拥有者执行：\n  {asked}",
            en=f"The user {user} may not use Luodi's tables ({str(error).strip()}). Their owner must run:\n  {asked}",
        ) from None


def has_no_room() -> bool:
    """A private server that cannot write its log of changes breaks off without a word about the disk."""
    home = env.state_directory() / "pg"
    return env.uses_private_cluster() and home.exists() and shutil.disk_usage(home).free < NO_ROOM


def start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def examine_server() -> None:
    """Whether the server that DATABASE_URL names can be reached and can hold Luodi; else what to do about it."""
    place = env.parse_database_url(env.text("DATABASE_URL"))
    address = f"{place['HOST'] or 'localhost'}:{place['PORT']}/{place['NAME']}"
    with step(f"检查数据库 {address}", f"looking at the database {address}"):
        try:
            connection = psycopg.connect(
                host=str(place["HOST"]) or None,
                port=str(place["PORT"]),
                dbname=str(place["NAME"]),
                user=str(place["USER"]) or None,
                password=str(place["PASSWORD"]) or None,
                autocommit=True,
                **{"connect_timeout": "10", **place["OPTIONS"]},
            )
        except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
            raise Stop(
                zh=f"无法连接 DATABASE_URL 指定的数据库 {address}。"
                "请检查地址、端口、用户名、密码、数据库名及服务器的 pg_hba.conf。",
                en=f"The database {address} that DATABASE_URL names cannot be reached. Check host, port, user, "
                f"password, the database's name and the server's pg_hba.conf. It said:\n  {str(error).strip()}",
            ) from None
        with connection:
            require_version(connection)
            require_extensions(connection)


def require_version(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    if connection.info.server_version < OLDEST_SERVER:
        found = connection.info.parameter_status("server_version")
        raise Stop(
            zh=f"数据库服务器为 PostgreSQL {found}，需要 15 或更新版本。",
            en=f"The database server is PostgreSQL {found}; 15 or newer is needed.",
        )


def require_extensions(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Create what is not there, or say in one line what the administrator must do."""
    rows = connection.execute(
        "SELECT name, default_version, installed_version FROM pg_available_extensions WHERE name = ANY(%s)",
        [list(EXTENSIONS)],
    )
    offered = {
        str(name): (str(default), None if installed is None else str(installed)) for name, default, installed in rows
    }
    absent = ", ".join(sorted(set(EXTENSIONS) - set(offered)))
    if absent:
        wanted = postgis_package(connection)
        raise Stop(
            zh=f"数据库服务器上没有安装扩展 {absent}。请管理员在该服务器上安装（Debian：{wanted}）。",
            en=f"The database server lacks the extensions {absent}. Its administrator must install them there "
            f"(Debian: {wanted}).",
        )
    require_postgis(connection, *offered["postgis"])
    missing = [name for name in EXTENSIONS if offered[name][1] is None]
    try:
        for name in missing:
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    except psycopg.errors.InsufficientPrivilege:
        user, database = connection.info.user, connection.info.dbname
        asked = f'psql -d {database} -c "{"; ".join(f"CREATE EXTENSION IF NOT EXISTS {name}" for name in missing)}"'
        raise Stop(
            zh=f"用户 {user} 无权在数据库 {database} 中建立扩展。请管理员执行：\n  {asked}",
            en=f"The user {user} may not create extensions in the database {database}. "
            f"Ask its administrator for:\n  {asked}",
        ) from None


def require_postgis(connection: "psycopg.Connection[tuple[object, ...]]", offered: str, installed: str | None) -> None:
    """New enough in the database, or at least on the server: two different things to ask an administrator for."""
    if is_new_enough(installed or offered):
        return
    if is_new_enough(offered):
        asked = f'psql -d {connection.info.dbname} -c "ALTER EXTENSION postgis UPDATE"'
        raise Stop(
            zh=f"数据库中的 PostGIS 为 {installed}，需要 3.3 或更新版本；服务器上已有 {offered}。请管理员执行：\n  {asked}",
            en=f"PostGIS in the database is {installed}; 3.3 or newer is needed, and the server has {offered}. "
            f"Ask its administrator for:\n  {asked}",
        )
    wanted = postgis_package(connection)
    raise Stop(
        zh=f"数据库服务器上的 PostGIS 为 {offered}，需要 3.3 或更新版本。"
        f"请管理员在该服务器上安装新版（Debian：{wanted}），已建立扩展的数据库再执行 ALTER EXTENSION postgis UPDATE。",
        en=f"PostGIS on the database server is {offered}; 3.3 or newer is needed. Its administrator must install it "
        f"there (Debian: {wanted}); a database that has the extension then needs ALTER EXTENSION postgis UPDATE.",
    )


def postgis_package(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    """What Debian calls PostGIS for this server; pg_trgm and btree_gist come with the server itself."""
    return f"postgresql-{connection.info.server_version // 10000}-postgis-3"


def is_new_enough(postgis: str) -> bool:
    """Of a version such as 3.3.2 or 3.4dev."""
    return tuple(int(part) for part in re.findall(r"\d+", postgis)[:2]) >= OLDEST_POSTGIS


def migrate() -> None:
    """Bring the tables up to date. A role without ownership may serve, but not do this."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.exceptions import MigrationSchemaMissing
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not pending:
        return
    with step(f"更新数据表（{len(pending)} 步）", f"updating the tables ({len(pending)} migrations)"):
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except (DatabaseError, MigrationSchemaMissing) as error:
            refused = isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
            if not refused and not isinstance(error, MigrationSchemaMissing):
                raise
            user = connection.settings_dict["USER"]
            raise Stop(
                zh=f"用户 {user} 无权修改数据表。请用拥有者账号执行一次：\n"
                "  DATABASE_URL=拥有者的地址 .venv/bin/python manage.py migrate\n"
                f"或由管理员执行：GRANT CREATE ON SCHEMA public TO {user}",
                en=f"The user {user} may not change the tables. Run this once as the role that owns them:\n"
                "  DATABASE_URL=(the owner's address) .venv/bin/python manage.py migrate\n"
                f"or have the administrator run: GRANT CREATE ON SCHEMA public TO {user}",
            ) from None


def fill() -> None:
    """The demo city into an empty database, unless DEMO=0; a load that was cut short here goes on."""
    from django.apps import apps
    from django.core.management import call_command

    unfinished = env.state_directory() / "demo-unfinished"
    here = hashlib.sha256(env.text("DATABASE_URL", "").encode()).hexdigest()  # it may hold a password
    is_empty = not apps.get_model("geo", "Region").objects.exists()
    wanted = env.flag("DEMO", True)
    if is_empty and not wanted:
        line("· 数据库为空，请用下面两条命令建立城市与账号 · the database is empty; set up a city and an account with:")
        line("    .venv/bin/python manage.py city 370200")
        line("    .venv/bin/python manage.py user NAME --role admin --region 370200")
        return
    cut_short = unfinished.exists() and unfinished.read_text() == here
    if not is_empty and not (wanted and cut_short):
        return
    with step("载入演示城市", "loading the demo city"):
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(here)
        call_command("demo", "--seed", "1", resume=not is_empty)
        unfinished.unlink()


def demo_accounts() -> str:
    """The demo's accounts as text; nothing in a real deployment."""
    from io import StringIO

    from django.core.management import call_command

    if not env.flag("DEMO", True):
        return ""
    words = StringIO()
    call_command("demo", "--accounts", stdout=words)
    return words.getvalue()


if __name__ == "__main__":
    sys.exit(main())
