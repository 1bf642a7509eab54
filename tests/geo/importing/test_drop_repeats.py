from geo.importing.cleaning.row_steps import DropRepeats
from geo.importing.readers import RawBatch


def test_the_first_of_rows_alike_stays_across_batches() -> None:
    step = DropRepeats(columns=["name", "kind"])
    first, dropped = step.apply(RawBatch({"name": ["a", "a", "b"], "kind": ["x", "x", "x"]}, [2, 3, 4], None))
    assert (first.columns["name"], list(first.numbers), dropped) == (["a", "b"], [2, 4], 1)
    second, dropped = step.apply(RawBatch({"name": ["a", "a"], "kind": ["x", "y"]}, [5, 6], None))
    assert (second.columns["kind"], list(second.numbers), dropped) == (["y"], [6], 1)
