"""GET parcels/compare/: a few parcels side by side, the best and the worst marked."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from landparcels import shapes
from landparcels.comparing import Marks, marks
from landparcels.indicators import catalogue
from landparcels.serializers import ParcelSerializer
from tests.factories.landparcels import ParcelFactory

COMPARE = "/api/v1/parcels/compare/"
NUMBERS = st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=6)


def test_lower_or_higher_is_better_by_the_bound() -> None:
    assert marks([3.0, 1.0, 2.0], "lower_better") == Marks(False, (1,), (0,))
    assert marks([3.0, 1.0, 2.0], "higher_better") == Marks(False, (0,), (1,))


def test_ties_share_a_mark_and_equals_have_none() -> None:
    assert marks([1.0, 1.0, 2.0], "lower_better") == Marks(False, (0, 1), (2,))
    assert marks([1.0, 1.0], "lower_better") == Marks(False)


@pytest.mark.parametrize("bound", ["at_least", "at_most"])
def test_a_threshold_is_neutral(bound: str) -> None:
    assert marks([1.0, 2.0], bound) == Marks(True)  # type: ignore[arg-type]  # one of the bounds


@given(NUMBERS)
def test_an_unknown_is_never_best_or_worst_and_the_bound_turns_the_marks_round(values: list[float | None]) -> None:
    low, high = marks(values, "lower_better"), marks(values, "higher_better")

    assert all(values[at] is not None for at in (*low.best, *low.worst))
    assert (low.best, low.worst) == (high.worst, high.best)
    known = [value for value in values if value is not None]
    assert bool(low.best) == (len(np.unique(known)) > 1)


@pytest.fixture
def parcels(db: None) -> None:
    ParcelFactory(code="A", start_price=12.0, highway_km=2.0, far_max=2.0)
    ParcelFactory(code="B", start_price=30.0, highway_km=None, far_max=3.0)
    ParcelFactory(code="C", start_price=20.0, highway_km=9.0, power_capacity=5.0)
    ParcelFactory(code="D", status="draft")


def test_parcels_come_in_the_order_asked_with_marks(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(f"{COMPARE}?codes=B,A,C,B").json()

    assert [row["code"] for row in answer["results"]] == ["B", "A", "C"]
    assert set(answer["results"][0]["indicators"]) == set(catalogue()) == set(answer["marks"])
    assert answer["marks"]["start_price"] == {"neutral": False, "best": ["A"], "worst": ["B"]}
    assert answer["marks"]["highway_km"] == {"neutral": False, "best": ["A"], "worst": ["C"]}
    assert answer["marks"]["power_capacity"] == {"neutral": False, "best": [], "worst": []}
    assert answer["marks"]["far_max"] == {"neutral": True, "best": [], "worst": []}


def test_the_answer_is_as_the_schema_says(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(f"{COMPARE}?codes=A").json()

    assert set(answer) == set(shapes.ComparisonShape().fields)
    assert set(answer["marks"]["start_price"]) == set(shapes.MarksShape().fields)
    assert set(answer["results"][0]) == set(ParcelSerializer().fields)


def test_what_may_not_be_seen_does_not_exist(
    api_client: APIClient, as_person: Callable[..., APIClient], parcels: None
) -> None:
    hidden, unknown = api_client.get(f"{COMPARE}?codes=A,D"), api_client.get(f"{COMPARE}?codes=A,Z")

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.json()["errors"][0]["detail"] == "There is no parcel D; check its code."
    assert as_person("planner").get(f"{COMPARE}?codes=A,D").status_code == 200


@pytest.mark.parametrize("query", ["", "?codes=", "?codes=a,b,c,d,e,f,g"])
def test_one_to_six_are_compared(api_client: APIClient, parcels: None, query: str) -> None:
    answer = api_client.get(COMPARE + query)

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "codes")


def test_other_parameters_are_refused(api_client: APIClient, parcels: None) -> None:
    assert api_client.get(f"{COMPARE}?codes=A&sort=code").json()["errors"][0]["attr"] == "sort"
