"""How a measurement is told: a figure, what it is held against, and whether it holds."""

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """Collects lines and remembers whether one missed its limit."""

    missed: list[str] = field(default_factory=list)

    def at_least(self, what: str, figure: float, limit: float, unit: str = "×") -> None:
        self._tell(what, figure, f"≥ {limit:g} {unit}", figure >= limit, unit)

    def at_most(self, what: str, figure: float, limit: float, unit: str) -> None:
        self._tell(what, figure, f"≤ {limit:g} {unit}", figure <= limit, unit)

    def _tell(self, what: str, figure: float, limit: str, holds: bool, unit: str) -> None:
        print(f"{'  ' if holds else '✗ '}{what:<58} {figure:>10.3g} {unit:<6} ({limit})", flush=True)
        if not holds:
            self.missed.append(what)

    @property
    def status(self) -> int:
        return 1 if self.missed else 0
