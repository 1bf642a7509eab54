"""Which way a parcel may go from which state: the one table of the publication. Who may is for accounts.rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from geo.words import Words

Action = Literal["submit", "send_back", "approve", "publish", "reserve", "release", "transfer", "withdraw"]
State = Literal["draft", "submitted", "approved", "published", "reserved", "transferred", "withdrawn"]

ACTIONS: tuple[Action, ...] = get_args(Action)
IMPORT = "import"
"""What a history row says where a file, and no one's step, brought a parcel into its state."""

STATE_WORDS: Mapping[str, Words] = {
    "draft": Words("草稿", "draft"),
    "submitted": Words("已提交", "submitted"),
    "approved": Words("已审核", "approved"),
    "published": Words("已发布", "published"),
    "reserved": Words("已预留", "reserved"),
    "transferred": Words("已出让", "transferred"),
    "withdrawn": Words("已撤回", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """From any of `origins` to `target`; `asks_why` wants a note, `gated` a parcel that is complete.

    An approved parcel is submitted again where it is no longer what was approved (publication.reviewed), and not otherwise.
    """

    words: Words
    origins: tuple[State, ...]
    target: State
    asks_why: bool = False
    gated: bool = False


STEPS: Mapping[Action, Step] = {
    "submit": Step(Words("提交审核", "submit"), ("draft", "approved"), "submitted", gated=True),
    "approve": Step(Words("审核通过", "approve"), ("submitted",), "approved"),
    "send_back": Step(Words("退回修改", "send back"), ("submitted", "approved", "withdrawn"), "draft", asks_why=True),
    "publish": Step(Words("发布", "publish"), ("approved",), "published", gated=True),
    "reserve": Step(Words("预留", "reserve"), ("published",), "reserved"),
    "release": Step(Words("取消预留", "release"), ("reserved",), "published", asks_why=True),
    "transfer": Step(Words("出让", "transfer"), ("reserved",), "transferred"),
    "withdraw": Step(
        Words("撤回", "withdraw"),
        ("submitted", "approved", "published", "reserved", "transferred"),
        "withdrawn",
        asks_why=True,
    ),
}


def is_legal(before: str, action: Action, after: str) -> bool:
    step = STEPS[action]
    return before in step.origins and after == step.target


def steps_from(state: str) -> list[Action]:
    """What may follow, in the order of the table."""
    return [action for action, step in STEPS.items() if state in step.origins]
