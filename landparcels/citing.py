"""Which file an indicator's value came with, where that is not the file its parcel was last loaded from. Pure.

A file with some of the columns cites those alone. `Parcel.cited` keeps only what differs from the source of the row: ids of
sources by the codes of indicators, and under `*` that of all the others where most did not come with the last file.
"""

from collections.abc import Collection, Mapping

REST = "*"
Cited = Mapping[str, int | None]
"""None: the source is no longer known."""


def source_behind(cited: Cited, code: str, row: int | None) -> int | None:
    """Id of the source of one value; `row` is that of its parcel."""
    return cited.get(code, cited.get(REST, row))


def cited_after(
    cited: Cited, row: int | None, *, carried: Collection[str], others: Collection[str], now: int
) -> dict[str, int | None]:
    """What is kept once a file `now` gave the `carried` indicators and left the `others` as they were."""
    before = {code: source_behind(cited, code, row) for code in others}
    if len(carried) >= len(others):
        return {code: source for code, source in before.items() if source != now}
    rest = cited.get(REST, row)
    apart = {code: source for code, source in before.items() if source != rest}
    return {REST: rest, **apart, **dict.fromkeys(carried, now)}
