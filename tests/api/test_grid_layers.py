from collections.abc import Callable

import h3
import pyarrow as pa
import pytest
from rest_framework.test import APIClient

from geo import hexes
from geo.models import GridValue
from tests.factories.geo import GridLayerFactory, SourceFactory

LAYERS = "/api/v1/grid/layers/"
CELLS = "/api/v1/grid/layers/people/cells/"
AsPerson = Callable[..., APIClient]
FAMILY = sorted(h3.cell_to_children(h3.latlng_to_cell(0.1, 0.1, 8), 9))


@pytest.fixture
def people(db: None) -> None:
    """Seven cells of one parent, the first with too few persons."""
    layer = GridLayerFactory(code="people", name="人口", unit="persons", subject="persons", public=True)
    for cell, value in zip(FAMILY, (4, 50, 7, 20, 30, 40, 60), strict=True):
        GridValue.objects.create(layer=layer, cell=int(cell, 16), value=value)


def test_visitors_see_public_layers_and_staff_all(api_client: APIClient, as_person: AsPerson) -> None:
    GridLayerFactory(code="people", public=True, source=SourceFactory(name="census"))
    GridLayerFactory(code="secret")
    [public] = api_client.get(LAYERS).json()["results"]
    assert (public["code"], public["source_name"], public["periods"]) == ("people", "census", [])
    assert [layer["code"] for layer in as_person("planner").get(LAYERS).json()["results"]] == ["people", "secret"]
    assert api_client.get(f"{LAYERS}secret/cells/").status_code == 404
    assert api_client.get(f"{LAYERS}secret/cells/").json() == {
        "type": "client_error",
        "errors": [{"code": "not_found", "detail": "There is no layer secret; see grid/layers/.", "attr": None}],
    }


def test_few_persons_are_hidden_from_visitors_and_a_sibling_with_them(api_client: APIClient, people: None) -> None:
    answer = api_client.get(CELLS).json()
    assert answer["cells"] == FAMILY
    assert answer["values"] == [None, 50.0, None, 20.0, 30.0, 40.0, 60.0]
    assert (answer["suppressed"], answer["period"], answer["unit"]) == (2, "all", "persons")


def test_staff_see_every_value(as_person: AsPerson, people: None) -> None:
    answer = as_person("planner").get(CELLS).json()
    assert answer["values"][0] == 4.0
    assert answer["suppressed"] == 0


def test_a_public_layer_comes_at_one_resolution_alone(api_client: APIClient, as_person: AsPerson, people: None) -> None:
    refused = api_client.get(CELLS, {"resolution": 8})
    assert refused.status_code == 400
    assert "privacy" in refused.json()["errors"][0]["detail"]
    answer = as_person("planner").get(CELLS, {"resolution": 8}).json()
    assert (answer["cells"], answer["values"]) == ([h3.latlng_to_cell(0.1, 0.1, 8)], [211.0])


def test_means_are_averaged_and_unknown_counts_hide(api_client: APIClient, as_person: AsPerson) -> None:
    layer = GridLayerFactory(code="people", aggregate="mean", unit="years", subject="persons", public=True)
    for cell, value, count in zip(FAMILY, (30, 40, 50), (9, None, 8), strict=False):
        GridValue.objects.create(layer=layer, cell=int(cell, 16), value=value, count=count)
    assert as_person("planner").get(CELLS, {"resolution": 8}).json()["values"] == [40.0]
    assert api_client.get(CELLS).json()["values"] == [30.0, None, None]


def test_a_box_takes_cells_by_their_centres_and_changes_nothing_of_the_floor(
    api_client: APIClient, people: None
) -> None:
    lon, lat = hexes.centres(hexes.parse(FAMILY[:1]))[0]
    box = f"{lon - 1e-4},{lat - 1e-4},{lon + 1e-4},{lat + 1e-4}"
    answer = api_client.get(CELLS, {"bbox": box}).json()
    assert (answer["cells"], answer["values"], answer["suppressed"]) == (FAMILY[:1], [None], 1)


def test_cells_come_as_arrow_when_asked(api_client: APIClient, people: None) -> None:
    answer = api_client.get(CELLS, HTTP_ACCEPT="application/vnd.apache.arrow.stream")
    assert answer["Content-Type"] == "application/vnd.apache.arrow.stream"
    table = pa.ipc.open_stream(answer.content).read_all()
    assert hexes.texts(table["cell"].to_numpy()) == FAMILY
    assert table["value"].to_pylist() == [None, 50.0, None, 20.0, 30.0, 40.0, 60.0]
    assert table.schema.metadata[b"suppressed"] == b"2"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"resolution": "x"}, "whole number"),
        ({"resolution": "12"}, "whole number"),
        ({"bbox": "1,2,3"}, "west,south,east,north"),
        ({"period": "noon"}, "no period noon"),
        ({"colour": "red"}, "Unknown parameter colour"),
    ],
)
def test_bad_parameters_are_named(api_client: APIClient, people: None, query: dict[str, str], said: str) -> None:
    answer = api_client.get(CELLS, query)
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["detail"]


def test_unchanged_cells_are_not_sent_twice(api_client: APIClient, people: None) -> None:
    first = api_client.get(CELLS)
    assert api_client.get(CELLS, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    arrow = api_client.get(CELLS, HTTP_IF_NONE_MATCH=first["ETag"], HTTP_ACCEPT="application/vnd.apache.arrow.stream")
    assert arrow.status_code == 200  # another format is another answer
    GridValue.objects.update(value=9)
    assert api_client.get(CELLS, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_an_address_with_a_null_character_holds_nothing(api_client: APIClient, db: None) -> None:
    assert api_client.get(f"{LAYERS}a%00b/cells/").status_code == 404
