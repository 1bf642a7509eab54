"""What may go wrong on a parcel's way to the public, in words for the one who acts."""

from collections.abc import Sequence

from geo.errors import Conflict
from geo.words import SpokenError
from landparcels.publication.gate import Gap


class OutOfTurn(Conflict):
    """The parcel is in a state from which this step does not lead; most often somebody else was quicker."""


class NeedsNote(SpokenError):
    """This step asks for a reason."""

    name = "note"


class Incomplete(SpokenError):
    """The parcel cannot be shown as it is; `gaps` says what is missing or expired."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(
            zh="宗地资料不完整：" + "；".join(gap.words.zh for gap in gaps) + "。",
            en="The parcel is not complete: " + "; ".join(gap.words.en for gap in gaps) + ".",
        )


class ChangedSinceApproval(Conflict):
    """What was approved is not what would be published; it has to be reviewed again."""
