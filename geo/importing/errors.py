"""Why nothing was loaded, in words that say what to do."""

from geo.importing.report import Report
from geo.words import SpokenError


class ImportRefused(SpokenError):
    """Nothing was loaded."""


class ImportCancelled(SpokenError):
    """A person stopped it; nothing was loaded."""


class StrictRefused(ImportRefused):
    """With `strict`, one bad row and nothing loads; the report tells of all of them."""

    def __init__(self, report: Report, *, zh: str, en: str) -> None:
        self.report = report
        super().__init__(zh=zh, en=en)
