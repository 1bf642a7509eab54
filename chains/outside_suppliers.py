"""Firms outside the city that its makers are known to buy from: how much of what a chain imports comes from each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import numpy as np
from django.db.models import Q

from accounts.rights import Person
from chains.answers import Answer
from chains.graph import Floats
from chains.models import ChainEdge, EnterpriseNode
from chains.picture import ChainPicture
from chains.sourcing import Tie, by_node
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, SupplyTie

MOST_SUPPLIERS = 10
Bought = dict[int, dict[int, float]]
"""By supplier and position of the node, 10k CNY."""


def bought_outside(picture: ChainPicture, user: Person, suppliers: Collection[int] | None = None) -> Bought:
    """What firms of the city recorded to have bought from these suppliers elsewhere (None: from all) for nodes of this chain:
    as recent as an output must be, divided among edges as recorded local sourcing is (METHODS 4)."""
    year = picture.city.reference_year
    ties = SupplyTie.objects.visible_to(user).filter(
        Q(year=None) | Q(year__range=(year - OLDEST_YEARS, year)),
        customer__in_city=True,
        supplier__in_city=False,
        amount__gt=0,
    )
    here = EnterpriseNode.objects.filter(node__chain=picture.chain)
    makers_here = here.values("enterprise")
    ties = ties.filter(supplier__in=makers_here) if suppliers is None else ties.filter(supplier__in=suppliers)
    told = [
        Tie(supplier, customer, amount or 0.0, local=False)
        for supplier, customer, amount in ties.values_list("supplier", "customer", "amount")
    ]
    firms = {tie.supplier for tie in told} | {tie.customer for tie in told}
    makes: defaultdict[int, set[int]] = defaultdict(set)
    for firm, node in EnterpriseNode.objects.filter(enterprise__in=firms).values_list("enterprise", "node"):
        makes[firm].add(node)
    sold = {node for tie in told for node in makes[tie.supplier]}
    edges = ChainEdge.objects.filter(supplier__in=sold).values_list("supplier", "customer")
    position = {node.id: at for at, node in enumerate(picture.nodes)}
    bought: Bought = defaultdict(lambda: defaultdict(float))
    for tie, node, amount in by_node(told, makes, edges):
        if node in position:
            bought[tie.supplier][position[node]] += amount
    return bought


def share_of_imports(picture: ChainPicture, bought: Bought) -> Floats:
    """Per node: the part of its imports that these suppliers stand for, at most all; 0 where nothing is imported."""
    amount = np.zeros(picture.graph.size)
    for nodes in bought.values():
        for at, part in nodes.items():
            amount[at] += part
    imports = picture.baseline.imports
    share: Floats = np.divide(amount, imports, out=np.zeros(amount.size), where=imports > 0)
    return np.minimum(1.0, share)


def largest_outside(picture: ChainPicture, user: Person) -> list[Answer]:
    """The ten from whom most is bought, with the nodes it is bought for."""
    bought = bought_outside(picture, user)
    total = {supplier: sum(nodes.values()) for supplier, nodes in bought.items()}
    firms = Enterprise.objects.visible_to(user).filter(pk__in=total).values_list("pk", "uscc", "name", "hq_region")
    return [
        {
            "uscc": uscc,
            "name": name,
            "hq_region": region,
            "amount": total[key],
            "nodes": [picture.nodes[at].code for at, _ in sorted(bought[key].items(), key=lambda one: -one[1])],
        }
        for key, uscc, name, region in sorted(firms, key=lambda firm: (-total[firm[0]], firm[1]))[:MOST_SUPPLIERS]
    ]
