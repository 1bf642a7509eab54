"""Which chains a firm stands in, with what, and how much each node rests on it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from accounts.rights import Person, may_see_staff_data
from chains.answers import Answer
from chains.figures import known
from chains.models import Chain, EnterpriseNode
from chains.picture import ChainPicture
from chains.selectors import picture
from chains.verdicts import STATES
from enterprises.models import Enterprise


def chains_of(firm: Enterprise, user: Person) -> list[Answer]:
    """By chain and node: products, the node's state; for staff share, amount and part of the node's supply."""
    products: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    rows = EnterpriseNode.objects.visible_to(user).filter(enterprise=firm).order_by("node__chain", "node", "id")
    for chain, node, product in rows.values_list("node__chain", "node__code", "product"):
        products[chain, node].append(product)
    chains = {chain.pk: chain for chain in Chain.objects.visible_to(user).filter(pk__in={key for key, _ in products})}
    found = []
    for (chain_key, code), names in products.items():
        drawn = picture(chains[chain_key])
        at = drawn.position[code]
        row = drawn.nodes[at]
        answer: Answer = {
            "chain": drawn.chain.code,
            "chain_name": drawn.chain.name,
            "chain_name_en": drawn.chain.name_en,
            "node": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "state": STATES[drawn.figures.state[at]].value,
            "products": [name for name in names if name],
        }
        if may_see_staff_data(user):
            answer |= _part(drawn, at, firm)
        found.append(answer)
    return found


def _part(drawn: ChainPicture, at: int, firm: Enterprise) -> Answer:
    """Unknown for a firm outside the city: it adds nothing to the city's supply."""
    position, made = drawn.city.position(firm.pk), drawn.made
    if position is None:
        return {"share": None, "amount": None, "supply_share": None}
    entry = int(np.flatnonzero((made.enterprise == position) & (made.node == at))[0])
    amount, supply = known(made.amount[entry]), float(drawn.figures.supply.supply[at])
    return {
        "share": float(made.share[entry]),
        "amount": amount,
        "supply_share": amount / supply if amount is not None and supply > 0 else None,
    }
