import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains import reachability
from chains.reachability import downstream_sums
from tests.chains.chain_examples import RandomChain, random_chains


def by_walking(chain: RandomChain) -> list[float]:
    """The definition: collect every node that can be reached, add each once."""
    customers: dict[int, set[int]] = {node: set() for node in range(chain.size)}
    for source, target in chain.edges:
        customers[source].add(target)
    sums = []
    for node in range(chain.size):
        reached, new = {node}, [node]
        while new:
            for customer in customers[new.pop()] - reached:
                reached.add(customer)
                new.append(customer)
        sums.append(sum(chain.supply[other] for other in reached))
    return sums


def sums(chain: RandomChain) -> np.ndarray:
    pairs = np.array(chain.edges, dtype=np.int64).reshape(-1, 2)
    return downstream_sums(chain.size, pairs[:, 0], pairs[:, 1], np.array(chain.supply))


def test_a_node_reached_over_two_ways_counts_once() -> None:
    diamond = RandomChain(4, [(0, 1), (0, 2), (1, 3), (2, 3)], [1, 10, 100, 1000])
    assert sums(diamond).tolist() == [1111, 1010, 1100, 1000]


def test_nodes_on_a_circle_reach_each_other_and_all_below() -> None:
    circle = RandomChain(4, [(0, 1), (1, 2), (2, 0), (2, 3)], [1, 10, 100, 1000])
    assert sums(circle).tolist() == [1111, 1111, 1111, 1000]


def test_without_edges_everyone_has_its_own() -> None:
    assert sums(RandomChain(3, [], [1, 0, 5])).tolist() == [1, 0, 5]
    assert downstream_sums(0, *(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0)).tolist() == []


@settings(max_examples=400)
@given(random_chains(largest=25))
def test_sums_equal_walking_the_graph_from_every_node(chain: RandomChain) -> None:
    np.testing.assert_allclose(sums(chain), by_walking(chain), rtol=1e-12)


@settings(max_examples=50)
@given(st.integers(0, 2**32))
def test_sets_in_several_blocks_give_the_same_sums(seed: int) -> None:
    random = np.random.default_rng(seed)
    edges = np.sort(random.integers(0, 400, (900, 2)), axis=1)
    chain = RandomChain(400, [tuple(edge) for edge in edges.tolist()], random.integers(0, 9, 400).tolist())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reachability, "BITSET_BYTES", 400 * 8)  # 64 columns at a time
        patch.setattr(reachability, "ROWS_AT_A_TIME", 7)
        np.testing.assert_allclose(sums(chain), by_walking(chain), rtol=1e-12)
