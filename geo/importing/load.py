"""One running import, as a kind's own functions see it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from accounts.rights import Person
from geo.importing.kinds import Kind
from geo.importing.options import Options
from geo.importing.report import Report
from geo.models import Source


@dataclass
class Load:
    kind: Kind
    options: Options
    by: Person | None
    source: Source
    report: Report
    given: set[str]
    """Our names of the columns that the file gives."""
    memory: dict[Hashable, Any] = field(default_factory=dict)  # whatever a kind keeps between its batches

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Something made once for the whole file."""
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]

    def ids(self, model: type[models.Model], name: str, **only: Any) -> dict[Any, Any]:
        """Primary keys of a table by one of its columns, read once."""
        key = (model, name, *sorted(only.items()))
        rows = model._default_manager.filter(**only)
        return self.remember(key, lambda: dict(rows.values_list(name, "pk")))  # type: ignore[no-any-return]
