"""What the importers of chains look up: chains and their nodes by code, read once per file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
from geo.importing.batch import Batch
from geo.importing.load import Load
from geo.words import Words, say


class NodeRow(NamedTuple):
    id: int
    parent_id: int | None


@dataclass(frozen=True)
class ChainNodes:
    """The nodes of one chain by code."""

    id: int
    nodes: dict[str, NodeRow]
    parents: frozenset[int]
    """Nodes with nodes below them."""


def chain_ids(load: Load) -> dict[str, int]:
    return load.ids(Chain, "code")


def nodes_of(load: Load, chain: str) -> ChainNodes | None:
    """None for a chain that is not there."""
    chain_id = chain_ids(load).get(chain)
    if chain_id is None:
        return None
    found: ChainNodes = load.remember(("nodes", chain_id), lambda: read_nodes(chain_id))
    return found


def read_nodes(chain_id: int) -> ChainNodes:
    rows = ChainNode.objects.filter(chain=chain_id).values_list("code", "id", "parent_id")
    nodes = {code: NodeRow(node, parent) for code, node, parent in rows}
    return ChainNodes(chain_id, nodes, frozenset(row.parent_id for row in nodes.values() if row.parent_id))


def busy_nodes(chain_id: int) -> dict[int, Words]:
    """Nodes that cannot become parents, with what stands at them."""
    edges = ChainEdge.objects.filter(chain=chain_id)
    makers = EnterpriseNode.objects.filter(node__chain=chain_id)
    edge_words = say(zh="供应关系", en="supply edges")
    maker_words = say(zh="企业", en="enterprises")
    return (
        dict.fromkeys(makers.values_list("node", flat=True).distinct(), maker_words)
        | dict.fromkeys(edges.values_list("supplier", flat=True).distinct(), edge_words)
        | dict.fromkeys(edges.values_list("customer", flat=True).distinct(), edge_words)
    )


def leaf_id(batch: Batch, index: int, column: str, chain: str, code: str, load: Load) -> int | None:
    """The node that a row names, or None after refusing the row: unknown chain, unknown node, or a parent."""
    known = nodes_of(load, chain)
    if known is None:
        batch.refuse(
            index,
            "chain",
            chain,
            say(
                zh=f"没有代码为“{chain}”的产业链；请先用 chain_nodes 导入它的环节",
                en=f"there is no chain {chain}; load its nodes with chain_nodes first",
            ),
        )
        return None
    node = known.nodes.get(code)
    if node is None:
        batch.refuse(
            index,
            column,
            code,
            say(zh=f"产业链“{chain}”中没有环节“{code}”", en=f"chain {chain} has no node {code}"),
        )
        return None
    if node.id in known.parents:
        batch.refuse(
            index,
            column,
            code,
            say(
                zh=f"环节“{code}”有下级环节，不能直接挂接；请改用它的某个下级环节",
                en=f"node {code} has nodes below it, so nothing may stand at it itself; name one of those",
            ),
        )
        return None
    return node.id
