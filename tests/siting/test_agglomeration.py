"""The output of neighbouring nodes, from chains and enterprises as they are stored."""

import numpy as np
import pytest

from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from enterprises.models import Enterprise, EnterpriseYear
from geo import hexes
from geo.city import city_grid
from geo.hexes import Floats
from geo.words import Words
from siting.neighbours import NO_OUTPUT, output_in_reach, weighted_output
from siting.supply import ground
from tests.factories.siting import found_city
from tests.shapes import point

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> None:
    """steel → motor → car, and paint → car; steel and motor have a maker each, the one of paint has no place."""
    found_city()
    cars = Chain.objects.create(code="cars", name="汽车")
    nodes = {
        code: ChainNode.objects.create(chain=cars, code=code, name=code, stage="upstream")
        for code in ("steel", "motor", "car", "paint", "lonely")
    }
    for supplier, customer in (("steel", "motor"), ("motor", "car"), ("paint", "car")):
        ChainEdge.objects.create(chain=cars, supplier=nodes[supplier], customer=nodes[customer])
    for number, (node, place, output) in enumerate(
        (("steel", (0.1, 0.1), 100.0), ("motor", (0.2, 0.1), 40.0), ("paint", None, 7.0))
    ):
        firm = Enterprise.objects.create(
            uscc=f"local:{number}",
            name=node,
            place=point(*place) if place else None,
            cell=hexes.cell_at(*place) if place else None,
            in_city=place is not None,
        )
        EnterpriseYear.objects.create(enterprise=firm, year=2024, output=output)
        EnterpriseNode.objects.create(enterprise=firm, node=nodes[node])


def reached(node: str) -> Floats | Words:
    return output_in_reach(ground(), node)


def test_makers_of_the_nodes_beside_count_with_their_output(chain: None) -> None:
    expected = weighted_output(city_grid(), hexes.cells_at([0.1], [0.1]), np.array([100.0]))
    assert reached("cars/motor") == pytest.approx(expected)
    expected = weighted_output(city_grid(), hexes.cells_at([0.2], [0.1]), np.array([40.0]))
    assert reached("cars/car") == pytest.approx(expected)
    assert reached("cars/steel") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("node", "said"), [("boats/hull", "boats is not loaded"), ("cars/wheel", "no node wheel"), ("cars/lonely", None)]
)
def test_what_is_not_known_is_said(chain: None, node: str, said: str | None) -> None:
    found = reached(node)
    assert isinstance(found, Words)
    assert said in found.en if said else found is NO_OUTPUT
