"""How one import is to be done: the options of `load`, of the API and of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import BadParameter


@dataclass(frozen=True, slots=True)
class Options:
    """FORMATS.md. `mapping` is theirs → ours, `constants` ours → value, `key` columns whose hash makes the code."""

    crs: str | None = None
    encoding: str | None = None
    layer: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    rules: Path | None = None
    strict: bool = False
    dry_run: bool = False
    replace: bool = False
    source_name: str = ""
    owner: str = ""
    as_of: date | None = None
    synthetic: bool = False
    on_progress: Callable[[int, int | None], None] = lambda done, total: None
    """Called after each batch with rows read and rows in all, if known."""
    is_cancelled: Callable[[], bool] = lambda: False

    @classmethod
    def of(cls, given: Mapping[str, Any], **more: Any) -> "Options":  # JSON of a request or job
        """From plain values, as a job keeps them; BadParameter names the one that is not what it should be."""
        return cls(
            crs=_text(given, "crs") or None,
            encoding=_text(given, "encoding") or None,
            layer=_text(given, "layer") or None,
            mapping=_pairs(given, "map"),
            constants=_pairs(given, "set"),
            key=_names(given, "key"),
            strict=_flag(given, "strict"),
            dry_run=_flag(given, "dry_run"),
            replace=_flag(given, "replace"),
            source_name=_text(given, "source_name"),
            owner=_text(given, "owner"),
            as_of=_day(given, "as_of"),
            **more,
        )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not _storable(value):
        raise BadParameter(name, zh=f"选项 {name} 应为文本。", en=f"Option {name} is a text.")
    return value.strip()


def _flag(given: Mapping[str, Any], name: str) -> bool:
    value = given.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise BadParameter(name, zh=f"选项 {name} 只能是 true 或 false。", en=f"Option {name} is true or false.")
    return value


def _pairs(given: Mapping[str, Any], name: str) -> dict[str, str]:
    value = given.get(name) or {}
    if not isinstance(value, dict) or not all(
        isinstance(one, str) and _storable(one) for one in (*value, *value.values())
    ):
        raise BadParameter(
            name,
            zh=f'选项 {name} 应写作 {{"名称": "值"}}，值为文本。',
            en=f'Option {name} is written {{"name": "value"}}, with texts as values.',
        )
    return value


def _names(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and _storable(one) for one in value):
        raise BadParameter(name, zh=f"选项 {name} 应为列名的数组。", en=f"Option {name} is a list of columns.")
    return tuple(value)


def _day(given: Mapping[str, Any], name: str) -> date | None:
    text = _text(given, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadParameter(
            name,
            zh=f"选项 {name} 应为日期，如 2026-03-01；收到“{text}”。",
            en=f"Option {name} is a day, like 2026-03-01; got {text}.",
        ) from None


def _storable(text: str) -> bool:
    """PostgreSQL takes neither null characters nor halves of characters."""
    return "\0" not in text and text.encode("utf-8", "replace").decode() == text
