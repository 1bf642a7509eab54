"""What speaks for each target: ties with local firms, honours, parent and its branch here, headquarters, what was heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from accounts.rights import Person
from chains.answers import Answer
from chains.figures import known
from chains.models import EnterpriseNode
from chains.target_rows import Candidate, Ranking
from enterprises.models import Enterprise, Signal, SupplyTie
from enterprises.peers import Weighed
from enterprises.selectors import with_output

MOST_TIES = 5
"""Per row; `local` and `known` of the affinity count them all."""
MOST_SIGNALS = 5
MOST_BRANCHES = 5


def told(ranking: Ranking, user: Person) -> Answer:
    """The ranked rows with everything they rest on."""
    ids = [one.enterprise for one in ranking.best]
    firms = with_output(Enterprise.objects.visible_to(user).filter(pk__in=ids)).select_related("parent").in_bulk()
    rows = [one for one in ranking.best if one.enterprise in firms]
    products, signals = _products(rows, user), _signals(ids, user)
    ties, branches = _ties(ids, user), _branches(list(firms.values()), user)
    results = []
    for place, one in enumerate(rows, 1):
        firm = firms[one.enterprise]
        node = one.wanted.picture.nodes[one.wanted.at]
        results.append(
            {
                "rank": place,
                "uscc": firm.uscc,
                "name": firm.name,
                "industry": firm.industry,
                "scale": firm.scale,
                "listed": firm.listed,
                "output": getattr(firm, "output", None),
                "output_year": getattr(firm, "output_year", None),
                "chain": one.wanted.picture.chain.code,
                "chain_name": one.wanted.picture.chain.name,
                "chain_name_en": one.wanted.picture.chain.name_en,
                "node": node.code,
                "node_name": node.name,
                "node_name_en": node.name_en,
                "products": products[one.enterprise, node.id],
                "score": one.score,
                "capability_unknown": one.capability is None,
                "need": _need(one),
                "capability": _capability(one, ranking.weighed),
                "affinity": _affinity(one),
                "evidence": {
                    "honours": firm.honours,
                    "hq_region": firm.hq_region,
                    "parent": _parent(firm),
                    "local_branches": branches[firm.pk],
                    "ties": ties[firm.pk],
                    "signals": signals[firm.pk],
                },
            }
        )
    return {"total": ranking.total, "results": results}


def _need(one: Candidate) -> Answer:
    figures, at = one.wanted.picture.figures, one.wanted.at
    return {
        "value": one.need,
        "exponent": one.exponents[0],
        "state": one.state,
        "chokepoint_risk": known(figures.chokepoint_risk[at]),
        "rate": known(figures.supply.rate[at]),
        "behind_missing": bool(figures.behind_missing[at]),
    }


def _capability(one: Candidate, weighed: Weighed) -> Answer:
    at = weighed.position(one.enterprise)
    peers = None if at is None else weighed.peers_of(at)
    return {
        "value": one.capability,
        "exponent": one.exponents[1],
        "percentile": None if at is None else known(weighed.potential.percentile[at]),
        "peers": peers.size if peers else None,
        "division": peers.division if peers else None,
    }


def _affinity(one: Candidate) -> Answer:
    return {
        "value": one.affinity,
        "exponent": one.exponents[2],
        "basis": one.affinity_basis,
        "local": one.local,
        "known": one.known,
    }


def _parent(firm: Enterprise) -> Answer | None:
    """A parent that is loaded can be opened; another is a name."""
    if firm.parent is not None:
        return {"uscc": firm.parent.uscc, "name": firm.parent.name, "in_city": firm.parent.in_city}
    return {"uscc": None, "name": firm.parent_name, "in_city": False} if firm.parent_name else None


def _products(rows: Sequence[Candidate], user: Person) -> defaultdict[tuple[int, int], list[str]]:
    found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    nodes = {one.wanted.picture.nodes[one.wanted.at].id for one in rows}
    made = EnterpriseNode.objects.visible_to(user).filter(
        enterprise__in=[one.enterprise for one in rows], node__in=nodes
    )
    for enterprise, node, product in made.order_by("id").values_list("enterprise", "node", "product"):
        if product:
            found[enterprise, node].append(product)
    return found


def _signals(ids: Sequence[int], user: Person) -> defaultdict[int, list[Answer]]:
    """Newest first."""
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for signal in Signal.objects.visible_to(user).filter(enterprise__in=ids).order_by("-date", "id"):
        if len(found[signal.enterprise_id]) < MOST_SIGNALS:
            found[signal.enterprise_id].append(
                {"kind": signal.kind, "date": signal.date, "text": signal.text, "source": signal.reference}
            )
    return found


def _ties(ids: Sequence[int], user: Person) -> defaultdict[int, list[Answer]]:
    """With firms of the city, the largest amounts first."""
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    ties = (
        SupplyTie.objects.visible_to(user)
        .filter(Q(supplier__in=ids, customer__in_city=True) | Q(customer__in=ids, supplier__in_city=True))
        .select_related("supplier", "customer")
    )
    for tie in sorted(ties, key=lambda one: (-(one.amount or 0), one.pk)):
        for firm, partner, direction in (
            (tie.supplier, tie.customer, "sells_to"),
            (tie.customer, tie.supplier, "buys_from"),
        ):
            if partner.in_city and len(found[firm.pk]) < MOST_TIES:
                found[firm.pk].append(
                    {"uscc": partner.uscc, "name": partner.name, "direction": direction, "year": tie.year,
                     "amount": tie.amount}
                )  # fmt: skip
    return found


def _branches(firms: Sequence[Enterprise], user: Person) -> defaultdict[int, list[Answer]]:
    """Firms of the city that are the firm's own, its parent, or its parent's."""
    above = {firm.parent_id for firm in firms if firm.parent_id}
    own = {firm.pk for firm in firms}
    here = Enterprise.objects.visible_to(user).in_city().filter(Q(parent__in=above | own) | Q(pk__in=above))
    by_parent: defaultdict[int, list[Enterprise]] = defaultdict(list)
    for branch in here.order_by("name", "pk"):
        if branch.parent_id:
            by_parent[branch.parent_id].append(branch)
        if branch.pk in above:
            by_parent[branch.pk].append(branch)
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for firm in firms:
        near = [*by_parent.get(firm.pk, []), *(by_parent.get(firm.parent_id, []) if firm.parent_id else [])]
        found[firm.pk] = [{"uscc": branch.uscc, "name": branch.name} for branch in near[:MOST_BRANCHES]]
    return found
