"""One node opened: who makes it, what goes in and out, how each verdict arose, and where the figures come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from accounts.rights import Person, may_see_staff_data
from chains.answers import Answer, node
from chains.figures import known
from chains.graph import Ints, sum_by
from chains.models import ChainEdge, EnterpriseNode
from chains.picture import ChainPicture
from chains.verdict_answers import verdict
from chains.verdicts import STATES
from enterprises.figures import OLDEST_YEARS
from enterprises.models import EnterpriseYear
from geo.models import Source

MOST_MAKERS = 200
"""The largest are listed; `enterprises` says how many there are."""


def opened(picture: ChainPicture, at: int, user: Person) -> Answer:
    """Everything the drawer shows; what the user may not see is left out by the serializer, names by `visible_to`."""
    leaves = picture.leaves_below(at)
    makers = _makers(picture, leaves, user)
    answer = {
        **node(picture, at),
        "chain": picture.chain.code,
        "chain_name": picture.chain.name,
        "chain_name_en": picture.chain.name_en,
        "synthetic": picture.synthetic,
        "reference_year": picture.city.reference_year or None,
        "thresholds": picture.limits.as_answer(),
        "leaves": [picture.nodes[leaf].code for leaf in leaves if leaf != at],
        "makers": makers,
        "inputs": _neighbours(picture, np.flatnonzero(picture.graph.target == at), picture.graph.source),
        "outputs": _neighbours(picture, np.flatnonzero(picture.graph.source == at), picture.graph.target),
        "recorded": {
            "barrier": picture.nodes[at].barrier,
            "import_share": picture.nodes[at].import_share,
            "national_output": picture.nodes[at].national_output,
        },
    }
    if may_see_staff_data(user):
        answer["enterprises_outside"] = (
            EnterpriseNode.objects.visible_to(user)
            .filter(node__in=[picture.nodes[leaf].id for leaf in leaves], enterprise__in_city=False)
            .values("enterprise")
            .distinct()
            .count()
        )
        answer["sources"] = _sources(picture, at, leaves, user)
        answer["verdict"] = verdict(picture, at) if picture.graph.is_leaf[at] else None
    return answer


def _neighbours(picture: ChainPicture, edges: Ints, other_end: Ints) -> list[Answer]:
    graph, figures = picture.graph, picture.figures
    found = []
    for edge in edges.tolist():
        at, user = int(other_end[edge]), int(graph.target[edge])
        found.append(
            {
                "node": picture.nodes[at].code,
                "name": picture.nodes[at].name,
                "name_en": picture.nodes[at].name_en,
                "state": STATES[figures.state[at]].value,
                "coefficient": float(graph.coefficient[edge]),
                "assumed": bool(graph.assumed[edge]),
                "need": float(graph.coefficient[edge] * figures.supply.supply[user]),
                "supply": float(figures.supply.supply[at]),
                "rate": known(figures.supply.rate[at]),
            }
        )
    return found


def _makers(picture: ChainPicture, leaves: list[int], user: Person) -> list[Answer]:
    """Enterprises of the city whose names the user may see: the largest first for staff, by name for others."""
    nodes = {picture.nodes[leaf].id: picture.nodes[leaf].code for leaf in leaves}
    rows = EnterpriseNode.objects.visible_to(user).filter(node__in=list(nodes), enterprise__in_city=True)
    amounts: dict[int, tuple[float | None, float]] = {}
    if may_see_staff_data(user):
        amounts = _largest(picture, leaves)
        rows = rows.filter(enterprise__in=list(amounts))
    products: defaultdict[int, list[str]] = defaultdict(list)
    firms: dict[int, Answer] = {}
    total = float(picture.figures.supply.supply[leaves].sum())
    for enterprise, uscc, name, listed, place, node_id, product in rows.order_by("enterprise__name", "id").values_list(
        "enterprise",
        "enterprise__uscc",
        "enterprise__name",
        "enterprise__listed",
        "enterprise__place",
        "node",
        "product",
    ):
        products[enterprise].append(product or nodes[node_id])
        lng, lat = place.coords if place else (None, None)
        firms.setdefault(enterprise, {"uscc": uscc, "name": name, "listed": listed, "lng": lng, "lat": lat})
    for enterprise, firm in firms.items():
        firm["products"] = products[enterprise]
        position = picture.city.position(enterprise)
        if enterprise in amounts and position is not None:
            amount, share = amounts[enterprise]
            year = int(picture.city.output_year[position])
            firm |= {
                "share": share,
                "share_scaled": bool(picture.city.share_scaled[position]),
                "output": known(picture.city.output[position]),
                "output_year": year or None,
                "amount": amount,
                "supply_share": amount / total if amount is not None and total > 0 else None,
            }
    order = {enterprise: rank for rank, enterprise in enumerate(amounts)}
    return [firms[enterprise] for enterprise in sorted(firms, key=lambda one: order.get(one, 0))][:MOST_MAKERS]


def _largest(picture: ChainPicture, leaves: list[int]) -> dict[int, tuple[float | None, float]]:
    """Amount (None: unknown) and share of the largest makers, by id, largest first."""
    made = picture.made
    here = np.flatnonzero(np.isin(made.node, leaves))
    who, position = np.unique(made.enterprise[here], return_inverse=True)
    amount = sum_by(position, made.amount[here], who.size)
    share = sum_by(position, made.share[here], who.size)
    order = np.argsort(-np.nan_to_num(amount, nan=-1.0), kind="stable")[:MOST_MAKERS].tolist()
    return {int(picture.city.ids[who[at]]): (known(amount[at]), float(share[at])) for at in order}


def _sources(picture: ChainPicture, at: int, leaves: list[int], user: Person) -> list[Answer]:
    """Where the figures come from, with dates: the node itself, its edges, its makers and their outputs."""
    ids = [picture.nodes[leaf].id for leaf in leaves]
    makers = EnterpriseNode.objects.filter(node__in=ids, enterprise__in_city=True)
    edges = ChainEdge.objects.filter(chain=picture.chain)
    year = picture.city.reference_year
    outputs = EnterpriseYear.objects.filter(
        enterprise__in=makers.values("enterprise"),
        output__isnull=False,
        year__range=(year - OLDEST_YEARS, year),
    )
    behind: dict[str, Iterable[Any]] = {  # primary keys or querysets of them
        "node": [picture.nodes[at].source_id],
        "edges": (edges.filter(supplier__in=ids) | edges.filter(customer__in=ids)).values("source"),
        "makers": makers.values("source"),
        "output": outputs.values("source"),
    }
    return [
        {
            "of": of,
            "name": source.name,
            "owner": source.owner,
            "as_of": source.as_of,
            "loaded_at": source.loaded_at,
            "synthetic": source.synthetic,
        }
        for of, keys in behind.items()
        for source in Source.objects.visible_to(user).filter(pk__in=keys).defer("report").order_by("pk")
    ]
