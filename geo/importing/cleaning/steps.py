"""The steps a rules file may name. Each works on the file's own columns, before they are mapped, and counts what it did."""

from collections.abc import Mapping

from geo.importing.cleaning.cell_steps import (
    Fill,
    Join,
    Lookup,
    NumberFromText,
    Replace,
    Split,
    StripPrefix,
    StripSuffix,
    SwapAxes,
    ToPoint,
)
from geo.importing.cleaning.row_steps import (
    Blank,
    DropRepeats,
    DropRows,
    KeepRows,
    SplitRows,
)
from geo.importing.cleaning.step import Step

STEPS: Mapping[str, type[Step]] = {
    "strip_prefix": StripPrefix,
    "strip_suffix": StripSuffix,
    "replace": Replace,
    "split": Split,
    "split_rows": SplitRows,
    "lookup": Lookup,
    "drop_rows": DropRows,
    "keep_rows": KeepRows,
    "drop_repeats": DropRepeats,
    "blank": Blank,
    "fill": Fill,
    "join": Join,
    "number_from_text": NumberFromText,
    "swap_axes": SwapAxes,
    "to_point": ToPoint,
}
