"""Sums over everything reachable downstream, exact on graphs with cycles and shared paths (METHODS 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chains.graph import Bools, Floats, Ints, sum_by

BITSET_BYTES = 128 * 2**20
"""Reachable sets are held as bits, as many target columns at a time as fit into this."""
ROWS_AT_A_TIME = 4096


def downstream_sums(size: int, source: Ints, target: Ints, weight: Floats) -> Floats:
    """For every node the sum of `weight` over itself and all nodes it can reach, each counted once.

    Strongly connected nodes reach the same set, so they are merged first. What is left has no cycles, and two kinds of
    its nodes need no set at all: one with a single customer reaches what that customer reaches, and one with a single
    supplier is reached exactly with that supplier, so its weight moves there. Sets are united, as bits, for the rest only.
    """
    if size == 0:
        return np.zeros(0)
    merged = _merge_cycles(size, source, target)
    own = sum_by(merged.label, weight, merged.size)
    return _own_and_below(merged, own)[merged.label]


@dataclass(frozen=True)
class MergedGraph:
    """The graph with each strongly connected set as one node; `label` leads from old nodes to new ones.

    Edges are sorted by the layer of their source; a node's layer is above those of its customers, sinks are layer 0.
    """

    label: Ints
    size: int
    source: Ints
    target: Ints
    layer: Ints
    in_degree: Ints
    out_degree: Ints
    nodes_upwards: Ints
    """All nodes, lower layers first: customers before their suppliers."""


def _merge_cycles(size: int, source: Ints, target: Ints) -> MergedGraph:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    adjacency = coo_array((np.ones(source.size, dtype=np.int32), (source, target)), shape=(size, size)).tocsr()
    count, label = connected_components(adjacency, directed=True, connection="strong")
    start, end = label[source].astype(np.int64), label[target].astype(np.int64)
    edge = np.unique((start * count + end)[start != end])
    start, end = edge // count, edge % count
    out_degree = np.bincount(start, minlength=count)
    layer = _layers(count, start, end, out_degree)
    order = np.lexsort((start, layer[start]))
    return MergedGraph(
        label=label.astype(np.int64),
        size=count,
        source=start[order],
        target=end[order],
        layer=layer,
        in_degree=np.bincount(end, minlength=count),
        out_degree=out_degree,
        nodes_upwards=np.argsort(layer, kind="stable"),
    )


def _layers(size: int, source: Ints, target: Ints, out_degree: Ints) -> Ints:
    """Longest way to a sink, by taking sinks off one by one (plain lists: cheaper than arrays for single steps)."""
    by_target = np.argsort(target, kind="stable")
    supplier = source[by_target].tolist()
    first = np.searchsorted(target[by_target], np.arange(size + 1)).tolist()
    waiting = out_degree.tolist()
    layer = [0] * size
    ready = [node for node in range(size) if not waiting[node]]
    for node in ready:  # grows while it is read
        above = layer[node] + 1
        for above_node in supplier[first[node] : first[node + 1]]:
            layer[above_node] = max(layer[above_node], above)
            waiting[above_node] -= 1
            if not waiting[above_node]:
                ready.append(above_node)
    return np.array(layer, dtype=np.int64)


def _own_and_below(graph: MergedGraph, own: Floats) -> Floats:
    """Sum of `own` over each node of a graph without cycles and everything below it."""
    carried = _carried_by_only_suppliers(graph, own)
    shared = (graph.in_degree >= 2) & (carried > 0)  # the columns: reached over several ways, so only sets tell
    below = _sum_of_sets(graph, np.flatnonzero(shared), carried)
    only_customer = np.full(graph.size, -1, dtype=np.int64)
    only_customer[graph.source] = graph.target
    single = graph.nodes_upwards[graph.out_degree[graph.nodes_upwards] == 1]
    counted = np.where(shared, carried, 0.0).tolist()
    customers, sums = only_customer.tolist(), below.tolist()
    for node in single.tolist():  # customers first, so theirs is complete
        customer = customers[node]
        sums[node] = sums[customer] + counted[customer]
    carried += np.array(sums)
    return carried


def _carried_by_only_suppliers(graph: MergedGraph, own: Floats) -> Floats:
    """Each node's weight plus that of all nodes whose only supplier it is, and of theirs in turn."""
    only_supplier = np.full(graph.size, -1, dtype=np.int64)
    only_supplier[graph.target] = graph.source
    carried, suppliers = own.tolist(), only_supplier.tolist()
    for node in graph.nodes_upwards[graph.in_degree[graph.nodes_upwards] == 1].tolist():
        carried[suppliers[node]] += carried[node]
    return np.array(carried)


def _sum_of_sets(graph: MergedGraph, columns: Ints, weight: Floats) -> Floats:
    """For nodes with several customers: the weight of those `columns` that lie strictly below; 0 for all others."""
    below = np.zeros(graph.size)
    wanted = np.flatnonzero(graph.out_degree >= 2)
    if columns.size == 0 or wanted.size == 0:
        return below
    steps = _steps(graph)
    width = max(8, BITSET_BYTES // graph.size // 8 * 8)  # bytes of a row
    for first in range(0, columns.size, width * 8):
        block = columns[first : first + width * 8]
        reached = _reachable(graph, steps, block)
        below[wanted] += _weigh(reached, wanted, weight[block])
        inside = np.flatnonzero(graph.out_degree[block] >= 2)
        below[block[inside]] -= weight[block[inside]]  # a node is not strictly below itself
    return below


def _steps(graph: MergedGraph) -> list[tuple[Ints, Ints]]:
    """Pairs (nodes, customers) whose sets are united one after the other.

    Layer by layer, and within a layer one customer of each node at a time, so that no node appears twice in one step.
    """
    if graph.source.size == 0:
        return []
    edge = np.arange(graph.source.size)
    starts = np.flatnonzero(np.diff(graph.source, prepend=-1))
    turn = edge - np.repeat(starts, np.diff(np.append(starts, edge.size)))
    order = np.lexsort((turn, graph.layer[graph.source]))
    layer, turn = graph.layer[graph.source][order], turn[order]
    change = np.flatnonzero((np.diff(layer) != 0) | (np.diff(turn) != 0)) + 1
    return list(zip(np.split(graph.source[order], change), np.split(graph.target[order], change), strict=True))


def _reachable(graph: MergedGraph, steps: list[tuple[Ints, Ints]], columns: Ints) -> NDArray[np.uint8]:
    """Row per node, bit per column: is the column the node itself or below it?"""
    words = -(-columns.size // 64)
    reached = np.zeros((graph.size, words), dtype=np.uint64)
    position = np.arange(columns.size)
    as_bytes = reached.view(np.uint8)
    as_bytes[columns, position // 8] = np.uint8(1) << (position % 8).astype(np.uint8)
    for nodes, customers in steps:
        if nodes.size == 1:
            reached[nodes[0]] |= reached[customers[0]]
        else:
            reached[nodes] |= reached[customers]
    return as_bytes


def _weigh(reached: NDArray[np.uint8], rows: Ints, weight: Floats) -> Floats:
    """Sum of `weight` over the set bits of each row, a byte at a time through a table of its 256 sums."""
    padded = np.zeros(reached.shape[1] * 8)
    padded[: weight.size] = weight
    bits: Bools = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.bool_)
    table = padded.reshape(-1, 8) @ bits.T.astype(np.float64)  # (bytes, 256)
    total = np.zeros(rows.size)
    for first in range(0, rows.size, ROWS_AT_A_TIME):
        part = np.ascontiguousarray(reached[rows[first : first + ROWS_AT_A_TIME]].T)
        for sums, column in zip(table, part, strict=True):
            total[first : first + ROWS_AT_A_TIME] += sums.take(column)
    return total
