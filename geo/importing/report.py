"""What a load did, for a person to read after each run."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from geo.importing.batch import Refusal, Remark
from geo.words import Words

KEPT_REMARKS = 200
"""Remarks beyond this many are counted, not listed."""


@dataclass
class Report:
    """Rows read, inserted, updated and refused; notes on the file; named repairs with how often each was made."""

    kind: str
    file_name: str
    read: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    dropped: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    remarks_more: int = 0
    notes: list[Words] = field(default_factory=list)
    repairs: Counter[Words] = field(default_factory=Counter)
    seconds: float = 0.0
    source_id: int | None = None
    dry_run: bool = False
    as_of: date | None = None

    @property
    def loaded(self) -> int:
        return self.inserted + self.updated

    @property
    def rejected(self) -> int:
        """Rows, not reasons."""
        return len({refusal.row for refusal in self.refusals})

    @property
    def status(self) -> int:
        """Exit status of FORMATS.md: 0 all rows loaded, 3 some rejected, 1 nothing loaded."""
        if self.read and not self.loaded:
            return 1
        return 3 if self.refusals else 0

    def add_remarks(self, remarks: list[Remark]) -> None:
        room = max(0, KEPT_REMARKS - len(self.remarks))
        self.remarks.extend(remarks[:room])
        self.remarks_more += max(0, len(remarks) - room)

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "file_name": self.file_name,
            "read": self.read,
            "inserted": self.inserted,
            "updated": self.updated,
            "deleted": self.deleted,
            "dropped": self.dropped,
            "rejected": self.rejected,
            "remarks": [{"row": r.row, "column": r.column, **_pair(r.reason)} for r in self.remarks],
            "remarks_more": self.remarks_more,
            "notes": [_pair(note) for note in self.notes],
            "repairs": [{**_pair(words), "count": times} for words, times in self.repairs.most_common()],
            "seconds": round(self.seconds, 3),
            "source": self.source_id,
            "dry_run": self.dry_run,
        }


def _pair(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
