"""The table of steps; no database."""

import pytest

from landparcels.publication.states import ACTIONS, STATE_WORDS, STEPS, is_legal, steps_from

TABLE = """
draft       submit    submitted
submitted   approve   approved
submitted   send_back draft
submitted   withdraw  withdrawn
approved    send_back draft
approved    publish   published
approved    submit    submitted
approved    withdraw  withdrawn
published   reserve   reserved
published   withdraw  withdrawn
reserved    release   published
reserved    transfer  transferred
reserved    withdraw  withdrawn
transferred withdraw  withdrawn
withdrawn   send_back draft
"""
WAYS = {tuple(line.split()) for line in TABLE.strip().splitlines()}


def test_a_parcel_goes_these_ways_and_no_others() -> None:
    taken = {
        (before, action, after)
        for before in STATE_WORDS
        for action in ACTIONS
        for after in STATE_WORDS
        if is_legal(before, action, after)
    }

    assert taken == WAYS


@pytest.mark.parametrize("state", STATE_WORDS)
def test_what_may_follow_a_state_is_what_the_table_says(state: str) -> None:
    assert set(steps_from(state)) == {action for before, action, _ in WAYS if before == state}


def test_nothing_becomes_public_but_by_publishing_what_was_approved() -> None:
    public = {"published", "reserved", "transferred"}

    ways_in = {(before, action) for before, action, after in WAYS if after in public and before not in public}

    assert ways_in == {("approved", "publish")}


def test_going_back_and_taking_away_ask_for_a_reason() -> None:
    assert {action for action, step in STEPS.items() if step.asks_why} == {"send_back", "release", "withdraw"}


def test_what_comes_before_the_reviewer_and_the_public_is_complete() -> None:
    assert {action for action, step in STEPS.items() if step.gated} == {"submit", "publish"}
