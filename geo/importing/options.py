"""How one import is to be done: the options of `load`, of the API and of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


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
        """From plain values, as a job keeps them."""
        return cls(
            crs=given.get("crs") or None,
            encoding=given.get("encoding") or None,
            layer=given.get("layer") or None,
            mapping=dict(given.get("map") or {}),
            constants=dict(given.get("set") or {}),
            key=tuple(given.get("key") or ()),
            rules=Path(given["rules"]) if given.get("rules") else None,
            strict=bool(given.get("strict")),
            dry_run=bool(given.get("dry_run")),
            replace=bool(given.get("replace")),
            source_name=given.get("source_name") or "",
            owner=given.get("owner") or "",
            as_of=date.fromisoformat(given["as_of"]) if given.get("as_of") else None,
            synthetic=bool(given.get("synthetic")),
            **more,
        )
