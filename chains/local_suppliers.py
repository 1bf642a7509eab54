"""For what a firm buys outside the city: who makes the same here (本地配套建议)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from django.db.models import F

from accounts.rights import Person
from chains.answers import Answer
from chains.models import Chain, ChainEdge, EnterpriseNode
from chains.picture import ChainPicture
from chains.selectors import picture
from enterprises.models import Enterprise, SupplyTie

MOST_PURCHASES, MOST_SUGGESTED = 20, 5


def local_suppliers(firm: Enterprise, user: Person) -> list[Answer]:
    """The largest purchases from outside, each with the nodes that purchase can be about and their makers in the city.

    A purchase is about a node its supplier makes something for; where one of them goes into a node of the firm's own, only such.
    The firm itself and those who supply it already are left out; the largest makers come first.
    """
    ties = SupplyTie.objects.visible_to(user).filter(customer=firm)
    already = set(ties.filter(supplier__in_city=True).values_list("supplier", flat=True)) | {firm.pk}
    bought = list(
        ties.filter(supplier__in_city=False, supplier__in=Enterprise.objects.visible_to(user))
        .select_related("supplier")
        .order_by(F("amount").desc(nulls_last=True), "supplier__name")[:MOST_PURCHASES]
    )
    makes: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
    rows = EnterpriseNode.objects.visible_to(user).filter(enterprise__in=[tie.supplier_id for tie in bought])
    for supplier, chain, code, node in rows.values_list("enterprise", "node__chain", "node__code", "node").distinct():
        makes[supplier].append((chain, code, node))
    own = EnterpriseNode.objects.filter(enterprise=firm).values("node")
    inputs = set(ChainEdge.objects.filter(customer__in=own).values_list("supplier", flat=True))
    chains = {chain.pk: chain for chain in Chain.objects.visible_to(user)}
    found = []
    for tie in bought:
        about = [place for place in makes[tie.supplier_id] if place[2] in inputs] or makes[tie.supplier_id]
        for chain, code, _ in about:
            drawn = picture(chains[chain])
            at = drawn.position[code]
            row = drawn.nodes[at]
            found.append(
                {
                    "supplier": {"uscc": tie.supplier.uscc, "name": tie.supplier.name},
                    "amount": tie.amount,
                    "chain": drawn.chain.code,
                    "node": row.code,
                    "name": row.name,
                    "name_en": row.name_en,
                    "local": _makers(drawn, at, already, user),
                }
            )
    return found


def _makers(drawn: ChainPicture, at: int, without: set[int], user: Person) -> list[Answer]:
    """Makers in the city with a known amount, the largest first."""
    made = drawn.made
    here = np.flatnonzero((made.node == at) & (np.nan_to_num(made.amount) > 0))
    order = here[np.argsort(-made.amount[here], kind="stable")]
    amounts = {int(drawn.city.ids[made.enterprise[entry]]): float(made.amount[entry]) for entry in order.tolist()}
    chosen = [key for key in amounts if key not in without][:MOST_SUGGESTED]
    firms = Enterprise.objects.visible_to(user).in_bulk(chosen)
    return [
        {"uscc": firms[key].uscc, "name": firms[key].name, "amount": amounts[key]} for key in chosen if key in firms
    ]
