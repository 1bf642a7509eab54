"""Parents of nodes, judged once all nodes of a file are in the table: they may stand in any order, even in other files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chains.importers.lookups import busy_nodes
from chains.models import ChainNode
from geo.importing.batch import Batch, Refusal
from geo.importing.load import Load
from geo.words import Words, say

Key = tuple[int, str]
"""Chain and code of a node."""
KEPT = ("name", "name_en", "stage", "essential", "barrier", "import_share", "national_output", "source_id")


@dataclass(frozen=True, slots=True)
class Claim:
    row: int
    parent: str | None


@dataclass
class ParentClaims:
    """What each row of the file says of its parent, and how the rows that were there before looked."""

    claims: dict[Key, Claim] = field(default_factory=dict)
    before: dict[Key, dict[str, Any]] = field(default_factory=dict)  # columns of any type
    _read: set[int] = field(default_factory=set)

    def note(self, batch: Batch, chains: list[int], codes: list[str], parents: list[str | None]) -> None:
        for index in batch.alive():
            chain = chains[index]
            if chain not in self._read:
                self._read.add(chain)
                for row in ChainNode.objects.filter(chain=chain).values("code", *KEPT):
                    self.before[chain, row.pop("code")] = row
            self.claims[chain, codes[index]] = Claim(batch.numbers[index], parents[index])

    def settle(self, load: Load) -> None:
        """Give every node its parent; rows whose parent cannot be are taken back and refused."""
        for chain in {chain for chain, _ in self.claims}:
            nodes = {node.code: node for node in ChainNode.objects.filter(chain=chain)}
            mine = {code: claim for (of, code), claim in self.claims.items() if of == chain}
            for code, words in _faults(chain, nodes, mine, self._old_codes(chain)).items():
                self._take_back(load, nodes[code], mine.pop(code), words)
            changed = []
            for code, claim in mine.items():
                parent = nodes[claim.parent].pk if claim.parent is not None else None
                if nodes[code].parent_id != parent:
                    nodes[code].parent_id = parent
                    changed.append(nodes[code])
            ChainNode.objects.bulk_update(changed, ["parent"], batch_size=1000)

    def _old_codes(self, chain: int) -> set[str]:
        return {code for of, code in self.before if of == chain}

    def _take_back(self, load: Load, node: ChainNode, claim: Claim, words: Words) -> None:
        load.report.refusals.append(Refusal(claim.row, "parent", claim.parent or "", words))
        old = self.before.get((node.chain_id, node.code))
        if old is None:
            ChainNode.objects.filter(pk=node.pk).delete()
            load.report.inserted -= 1
        else:
            ChainNode.objects.filter(pk=node.pk).update(**old)
            load.report.updated -= 1


def _faults(chain: int, nodes: dict[str, ChainNode], claims: dict[str, Claim], old: set[str]) -> dict[str, Words]:
    """Rows that cannot have the parent they claim. A new node that goes takes those below it along."""
    by_id = {node.pk: node.code for node in nodes.values()}
    parent = {code: by_id.get(node.parent_id) if node.parent_id else None for code, node in nodes.items()}
    parent |= {code: claim.parent for code, claim in claims.items()}
    busy = {by_id[node]: words for node, words in busy_nodes(chain).items()}
    faults: dict[str, Words] = {}
    for code, claim in claims.items():
        if claim.parent is None:
            continue
        if claim.parent in busy:
            what = busy[claim.parent]
            faults[code] = say(
                zh=f"环节“{claim.parent}”已有{what.zh}，不能再作上级环节",
                en=f"node {claim.parent} has {what.en} of its own, so it cannot become a parent",
            )
        elif _on_circle(code, parent):
            faults[code] = say(zh=f"环节“{code}”成了自己的上级", en=f"node {code} would be its own ancestor")
    gone = set(faults) - old
    while more := [
        code
        for code, claim in claims.items()
        if code not in faults and claim.parent is not None and (claim.parent not in nodes or claim.parent in gone)
    ]:
        for code in more:
            missing = claims[code].parent
            faults[code] = say(zh=f"没有上级环节“{missing}”", en=f"there is no parent node {missing}")
        gone |= set(more) - old
    return faults


def _on_circle(code: str, parent: dict[str, str | None]) -> bool:
    """Does the way up lead back to the node itself? A circle further up is the fault of those on it."""
    passed: set[str] = set()
    above = parent.get(code)
    while above is not None and above != code and above not in passed:
        passed.add(above)
        above = parent.get(above)
    return above == code
