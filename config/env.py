"""The environment, read with types: a wrong value stops the start with the variable's name and what to do.

Values come from the process environment, then from a file `.env` in the project root. An empty value counts as unset.
Nothing here needs Django or any other package, so that the scripts can use it before anything is installed.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any  # Django's settings of a database are a mapping of whatever it likes
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel refuses addresses of more than 107."""

SOCKET_FILE = ".s.PGSQL.5432"

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


class SettingError(Exception):
    """A variable is missing or wrong; the message names it and says what to do, in Chinese and English."""

    def __init__(self, name: str, *, zh: str, en: str) -> None:
        self.name = name
        self.zh = f"环境变量 {name}：{zh}"
        self.en = f"Environment variable {name}: {en}"
        super().__init__(f"{self.zh}\n{self.en}")


def parse_env_file(text: str) -> dict[str, str]:
    """`NAME=value` lines; `#` starts a comment line, quotes around a value are taken off, `export` is allowed."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        stripped = line.strip().removeprefix("export ").lstrip()
        if not stripped or stripped.startswith("#") or "=" not in stripped:
            continue
        name, _, value = stripped.partition("=")
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name.strip()] = value
    return values


@cache
def env_file() -> dict[str, str]:
    """What the file `.env` says; nothing when there is none."""
    try:
        return parse_env_file((ROOT / ".env").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def given(name: str) -> str | None:
    """The value as it stands, or None when unset or empty."""
    return os.environ.get(name, "").strip() or env_file().get(name) or None


def text(name: str, default: str | None = None) -> str:
    """Any text. Without a default the variable is required."""
    value = given(name)
    if value is not None:
        return value
    if default is None:
        raise SettingError(
            name,
            zh="必须设置，可写入 .env（参见 .env.example）。",
            en="must be set; put it into .env (see .env.example).",
        )
    return default


def listing(name: str, default: Sequence[str] = ()) -> list[str]:
    """Texts separated by commas."""
    value = given(name)
    return list(default) if value is None else [part.strip() for part in value.split(",") if part.strip()]


def flag(name: str, default: bool) -> bool:
    """1, true, yes, on or 0, false, no, off."""
    value = given(name)
    if value is None:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise SettingError(name, zh=f"“{value}”不是开关值，请写 1 或 0。", en=f"{value!r} is no switch; write 1 or 0.")


def integer(name: str, default: int, *, least: int | None = None, most: int | None = None) -> int:
    """A whole number, within bounds where given."""
    value = given(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        raise SettingError(name, zh=f"“{value}”不是整数。", en=f"{value!r} is not a whole number.") from None
    if least is not None and number < least:
        raise SettingError(
            name, zh=f"{number} 太小，最小为 {least}。", en=f"{number} is too small; the least is {least}."
        )
    if most is not None and number > most:
        raise SettingError(name, zh=f"{number} 太大，最大为 {most}。", en=f"{number} is too large; the most is {most}.")
    return number


def path(name: str, default: Path | None = None) -> Path:
    """A file or folder; a relative one starts at the project root. Whether it exists is the user's business."""
    value = given(name)
    if value is not None:
        return (ROOT / Path(value).expanduser()).absolute()
    if default is None:
        raise SettingError(name, zh="必须设置为一个路径。", en="must be set to a path.")
    return default


def one_of(name: str, choices: Sequence[str], default: str) -> str:
    """One of the words in `choices`."""
    value = text(name, default)
    if value not in choices:
        words = ", ".join(choices)
        raise SettingError(
            name, zh=f"“{value}”无效，可选：{words}。", en=f"{value!r} is not known; choose one of {words}."
        )
    return value


def base_path(name: str = "LUODI_BASE_PATH") -> str:
    """The path prefix under which a proxy shows the site: "" or "/one/two", never with a slash at its end."""
    value = text(name, "").strip("/")
    return f"/{value}" if value else ""


def secret_key(name: str, file: Path) -> str:
    """The variable, or else the deployment's own key: made at the first start, readable by its owner alone."""
    value = given(name)
    if value is not None:
        return value
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
                stream.write(secrets.token_urlsafe(50))
            with suppress(FileExistsError):  # another process was quicker; its key counts, and is whole
                file.hardlink_to(draft)
            draft.unlink()
        except OSError as error:
            raise SettingError(
                name,
                zh=f"未设置，且无法写入 {file}（{error.strerror}）；请设置该变量或修正目录权限。",
                en=f"is not set and {file} cannot be written ({error.strerror}); set it or mend the folder's rights.",
            ) from None
    return file.read_text()


def state_directory() -> Path:
    """Where this deployment keeps what is its own: the private cluster, uploads, the secret key."""
    return path("LUODI_STATE", ROOT / ".luodi")


def socket_directory(state: Path | None = None) -> Path:
    """Where the private cluster's unix socket lies: beside its data, or in a short place when that path is too long."""
    inside = (state or state_directory()) / "pg" / "socket"
    if len(os.fsencode(inside / SOCKET_FILE)) <= LONGEST_SOCKET_PATH:
        return inside
    return Path("/tmp") / f"luodi-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]}"


def uses_private_cluster() -> bool:
    """Whether the database is our own, started from this checkout, because no DATABASE_URL names another."""
    return given("DATABASE_URL") is None


def database_url(name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's settings of the database: what DATABASE_URL names, or else the private cluster of this checkout."""
    url = given(name)
    place = (
        {"NAME": "luodi", "USER": "luodi", "PASSWORD": "", "HOST": str(socket_directory()), "PORT": "5432"}
        if url is None
        else parse_database_url(url, name)
    )
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "OPTIONS": {},
        "TEST": {"NAME": text("LUODI_TEST_DATABASE", f"test_{place['NAME']}")},
        **place,
    }


def parse_database_url(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """NAME, USER, PASSWORD, HOST, PORT and OPTIONS (the query, as libpq names them) of a PostgreSQL address."""
    example = "postgis://luodi:password@db.example.cn:5432/luodi"
    wrong = SettingError(
        name, zh=f"不是数据库地址，应形如 {example}。", en=f"is not the address of a database; write it like {example}."
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql", "postgis"} or not database or "/" in database:
        raise wrong
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "5432")),
        "OPTIONS": options,
    }
