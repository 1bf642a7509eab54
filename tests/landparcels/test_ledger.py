"""Columns that are only added to: what was seen stays as it was."""

import numpy as np
import pytest

from landparcels.ledger import LEAST, Ledger


def ledger(*prices: float) -> Ledger:
    made = Ledger(["price", "id"], len(prices))
    made.add(rows(*prices))
    return made


def rows(*prices: float) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    return np.stack((np.array(prices).view(np.uint64), np.arange(len(prices), dtype=np.uint64)))


def test_what_was_seen_stays_as_it_was_while_rows_are_added() -> None:
    made = ledger(1.5, 2.5)
    before = made.floats("price", 2)

    made.add(rows(7.0))

    assert before.tolist() == [1.5, 2.5]
    assert made.floats("price", 3).tolist() == [1.5, 2.5, 7.0]
    assert np.shares_memory(before, made.floats("price", 3))


def test_numbers_keep_their_kind() -> None:
    made = ledger(0.1, float("nan"))

    assert made.floats("price", 2)[0] == 0.1
    assert np.isnan(made.floats("price", 2)[1])
    assert made.wholes("id", 2).tolist() == [0, 1]


def test_a_full_ledger_takes_nothing_and_some_of_its_rows_fit_a_new_one() -> None:
    made = ledger(1.0, 2.0, 3.0)
    assert made.free == LEAST

    with pytest.raises(ValueError, match="1001 rows where there is room for 1000"):
        made.add(rows(*[0.0] * 1001))

    fewer = made.taken(np.array([2, 0]), more=5)
    assert fewer.floats("price", 2).tolist() == [3.0, 1.0]
    assert (fewer.filled, fewer.free) == (2, 5 + LEAST)
