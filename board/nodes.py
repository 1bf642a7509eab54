"""Nodes of chains as posts name them, chain/node, and which of them a product may belong to."""

from __future__ import annotations

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex

from accounts.rights import Person
from board.names import LEAST_SIMILAR, LONGEST, likeness, name_of, normal
from board.synonyms import meaning_the_same
from chains.models import ChainNode, EnterpriseNode
from geo.errors import BadParameter

MOST_SUGGESTED = 6
MOST_LOOKED_AT = 200


def node_named(text: str, person: Person) -> ChainNode | None:
    """None for a blank one; a node that is not there, or that has nodes below it, is told in words."""
    if not text:
        return None
    chain, _, code = text.partition("/")
    found = ChainNode.objects.visible_to(person).filter(chain__code=chain, code=code).first()
    if found is None:
        raise BadParameter(
            "node",
            zh=f"没有环节“{text}”；请写作“产业链代码/环节代码”。",
            en=f"There is no node {text}; write it as the code of the chain/the code of the node.",
        )
    if found.children.exists():
        raise BadParameter(
            "node",
            zh=f"环节“{text}”有下级环节；请选择其中之一。",
            en=f"Node {text} has nodes below it; name one of those.",
        )
    return found


def suggested(product: str, uscc: str, person: Person) -> list[ChainNode]:
    """Leaves whose name is like the product's, the likest first; before them those for which the firm makes just that."""
    asked = normal(product)[:LONGEST]
    if not asked:
        return []
    own = EnterpriseNode.objects.visible_to(person).filter(enterprise__uscc=uscc).select_related("node__chain")
    made = {row.node_id: row.node for row in own if normal(row.product or row.node.name) == asked}
    synonyms = meaning_the_same(asked)
    near = Q()
    for name in (product.strip(), *synonyms):
        near |= Q(name__icontains=name)
    leaves = ChainNode.objects.visible_to(person).leaves().select_related("chain")
    within = leaves.annotate(at=StrIndex(Value(product), F("name"))).filter(at__gt=0)
    rows = [*leaves.filter(near)[:MOST_LOOKED_AT], *within[:MOST_LOOKED_AT]]
    judged = {row: likeness(asked, name_of(row.name), synonyms) for row in rows if row.pk not in made}
    liked = [(like.value, row) for row, like in judged.items() if like is not None and like.value > LEAST_SIMILAR]
    liked.sort(key=lambda one: (-one[0], one[1].pk))
    return [*made.values(), *(row for _, row in liked)][:MOST_SUGGESTED]
