"""From a chain's verdicts to what is called for: kind and words of every node that needs something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chains.picture import ChainPicture
from chains.target_rows import Wanted
from chains.verdicts import STATES, STRONG, State
from geo.words import Words
from promotion.needs import Need, Standing, in_words, need_of


@dataclass(frozen=True, slots=True)
class Called:
    """One node with its need."""

    wanted: Wanted
    need: Need
    state: State
    words: Words

    @property
    def code(self) -> str:
        picture = self.wanted.picture
        return f"{picture.chain.code}/{picture.nodes[self.wanted.at].code}"


def name_of(picture: ChainPicture, at: int) -> Words:
    node = picture.nodes[at]
    return Words(node.name, node.name_en or node.name)


def called(wanted: Wanted) -> Called | None:
    """None where nothing is called for, and at parents."""
    picture, at = wanted.picture, wanted.at
    graph, figures = picture.graph, picture.figures
    if not graph.is_leaf[at]:
        return None
    users = graph.target[graph.source == at].tolist()
    beside = sorted({*users, *graph.source[graph.target == at].tolist()})
    strong = [one for one in beside if figures.state[one] == STRONG]
    standing = Standing(
        state=STATES[int(figures.state[at])],
        behind_missing=bool(figures.behind_missing[at]),
        single_source=bool(figures.single_source[at]),
        chokepoint=bool(figures.chokepoint[at]),
        beside_strong=bool(strong),
    )
    need = need_of(standing)
    if need is None:
        return None
    makers_of = [one for one in users if figures.supply.supply[one] > 0]
    words = in_words(
        need,
        standing,
        name_of(picture, at),
        [name_of(picture, one) for one in sorted(makers_of, key=lambda one: -figures.supply.supply[one])],
        [name_of(picture, one) for one in strong],
    )
    return Called(wanted, need, standing.state, words)


def proposals(picture: ChainPicture) -> Iterator[Called]:
    """All that a chain calls for, what is missing first."""
    found = [called(Wanted(picture, at)) for at in range(picture.graph.size)]
    yield from sorted((one for one in found if one is not None), key=lambda one: list(Need).index(one.need))
