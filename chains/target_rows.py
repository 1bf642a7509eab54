"""Firms elsewhere that make what a node needs, ranked, each with its evidence (METHODS 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q, QuerySet

from accounts.rights import Person
from chains.figures import known
from chains.graph import Floats, Ints
from chains.models import EnterpriseNode
from chains.picture import ChainPicture
from chains.targets import affinity, best_first, busy_neighbours, exponents, need, once_each, scores
from chains.verdicts import STATES
from enterprises.models import SupplyTie
from enterprises.peers import EVERYWHERE, Weighed


@dataclass(frozen=True)
class Wanted:
    """A leaf of a chain that candidates are looked for."""

    picture: ChainPicture
    at: int


@dataclass(frozen=True)
class Candidate:
    """A firm at the node where it is wanted most; parts of the score are 0..1."""

    enterprise: int
    wanted: Wanted
    score: float
    need: float
    capability: float | None
    affinity: float
    local: int
    """Known customers and suppliers in the city."""
    known: int
    """Known customers and suppliers anywhere."""

    @property
    def affinity_basis(self) -> str:
        return "ties" if self.known else "neighbours"

    @property
    def exponents(self) -> tuple[float, float, float]:
        return exponents(self.capability is not None)

    @property
    def state(self) -> str:
        return str(STATES[int(self.wanted.picture.figures.state[self.wanted.at])])


@dataclass(frozen=True)
class Ranking:
    total: int
    best: list[Candidate]
    weighed: Weighed
    """What capability was taken from."""


def rank(picture: ChainPicture, leaves: Sequence[int], user: Person, *, limit: int) -> Ranking:
    """The best of all firms outside the city that make a product of one of these leaves."""
    return rank_all([(picture, leaves)], user, limit=limit)


def rank_all(
    places: Iterable[tuple[ChainPicture, Sequence[int]]], user: Person, *, limit: int, only: int | None = None
) -> Ranking:
    """Over several chains; a firm is listed once, at the node where its score is highest. `only`: one firm's own row."""
    wanted = [Wanted(picture, at) for picture, leaves in places for at in leaves]
    number = {one.picture.nodes[one.at].id: index for index, one in enumerate(wanted)}
    makers = _makers(wanted, user)
    if only is not None:
        makers = makers.filter(enterprise=only)
    pairs = np.array(
        [(firm, number[node]) for firm, node in makers.values_list("enterprise", "node").distinct() if node in number],
        dtype=np.int64,
    ).reshape(-1, 2)
    who, where = pairs[:, 0], pairs[:, 1]
    firms, position = np.unique(who, return_inverse=True)
    needs, nearby = _of_nodes(wanted)
    local, told = _ties(makers, firms, user)
    near = affinity(local[position], told[position], nearby[where])
    weighed = EVERYWHERE.get()
    capability = weighed.scores(firms)[position] / 100
    score = scores(needs[where], capability, near)
    order = once_each(who, best_first(score, np.isnan(capability), who))
    best = [
        Candidate(
            enterprise=int(who[one]),
            wanted=wanted[int(where[one])],
            score=float(score[one]),
            need=float(needs[where[one]]),
            capability=known(capability[one]),
            affinity=float(near[one]),
            local=int(local[position[one]]),
            known=int(told[position[one]]),
        )
        for one in order[:limit].tolist()
    ]
    return Ranking(total=firms.size, best=best, weighed=weighed)


def _makers(wanted: list[Wanted], user: Person) -> QuerySet[EnterpriseNode]:
    """By chain where whole chains are asked for: a list of a hundred thousand nodes would be slower than the join."""
    rows = EnterpriseNode.objects.visible_to(user).filter(enterprise__in_city=False)
    nodes = {one.picture.nodes[one.at].id for one in wanted}
    if len(nodes) <= 1000:
        return rows.filter(node__in=nodes)
    return rows.filter(node__chain__in={one.picture.chain.pk for one in wanted})


def _of_nodes(wanted: list[Wanted]) -> tuple[Floats, Floats]:
    """Need and share of busy neighbours of each."""
    needs, nearby = np.zeros(len(wanted)), np.zeros(len(wanted))
    of_chain: defaultdict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(wanted):
        of_chain[one.picture.chain.pk].append(index)
    for rows in of_chain.values():
        picture = wanted[rows[0]].picture
        figures, at = picture.figures, np.array([wanted[index].at for index in rows], dtype=np.int64)
        needs[rows] = need(figures.state[at], figures.chokepoint_risk[at], figures.supply.rate[at])
        nearby[rows] = busy_neighbours(picture.graph, figures.supply.supply, at)
    return needs, nearby


def _ties(makers: QuerySet[EnterpriseNode], firms: Ints, user: Person) -> tuple[Ints, Ints]:
    """How many known customers and suppliers each firm has, in the city and in all; one that is both counts once."""
    known_to: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    candidates = makers.order_by().values("enterprise")
    ties = SupplyTie.objects.visible_to(user).filter(Q(supplier__in=candidates) | Q(customer__in=candidates))
    for supplier, customer, supplier_here, customer_here in ties.values_list(
        "supplier", "customer", "supplier__in_city", "customer__in_city"
    ):
        known_to[supplier][customer] = customer_here
        known_to[customer][supplier] = supplier_here
    partners = [known_to.get(firm, {}) for firm in firms.tolist()]
    return (
        np.array([sum(here.values()) for here in partners], dtype=np.int64),
        np.array([len(here) for here in partners], dtype=np.int64),
    )
