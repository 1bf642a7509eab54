"""Ways into chains too large to be drawn whole, and which part of one lies in a region: nodes by name, around, presence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chains.answers import Answer, whole
from chains.graph import sum_by
from chains.neighbourhood import Around, around
from chains.picture import ChainPicture, part_of
from chains.supply import distinct_upwards
from chains.verdicts import STATES

SIDES = {-1: "upstream", 0: "midstream", 1: "downstream"}


def neighbourhood(picture: ChainPicture, at: int, *, up: int, down: int, limit: int) -> Answer:
    """The node with what lies around it, as a chain of its own."""
    found = around(picture.graph, at, up=up, down=down, limit=limit)
    answer = whole(_cut(picture, found))
    steps = found.steps.tolist()
    for node, step in zip(answer["nodes"], steps, strict=True):
        node["steps"] = step
    asked = {"node": picture.nodes[at].code, "up": up, "down": down, "within": found.within, "shown": len(steps)}
    return {**answer, "around": asked}


def neighbourhood_picture(picture: ChainPicture, at: int, *, up: int, down: int, limit: int) -> ChainPicture:
    return _cut(picture, around(picture.graph, at, up=up, down=down, limit=limit))


def _cut(picture: ChainPicture, found: Around) -> ChainPicture:
    """Columns follow from the side of the node that was asked for, not from the file."""
    part = part_of(picture, found.nodes)
    for place, step in enumerate(found.steps.tolist()):
        part.nodes[place] = part.nodes[place]._replace(stage=SIDES[int(np.sign(step))])
    return part


def search(picture: ChainPicture, text: str, limit: int) -> Answer:
    """Leaves whose name or code holds the text: equal first, then beginning with it, then the shortest; without a text
    those with the most supply edges."""
    part = text.strip().casefold()
    graph = picture.graph
    edges = np.bincount(graph.source, minlength=graph.size) + np.bincount(graph.target, minlength=graph.size)
    ranked: list[tuple[int, int, int, int]] = []
    for at in np.flatnonzero(graph.is_leaf).tolist():
        node = picture.nodes[at]
        names = (node.name.casefold(), node.name_en.casefold(), node.code.casefold())
        if any(part in name for name in names):
            equal, begins = part in names, any(name.startswith(part) for name in names)
            closeness = 0 if equal else 1 if begins else 2
            ranked.append((closeness if part else 0, len(node.name) if part else 0, -int(edges[at]), at))
    ranked.sort()
    return {
        "found": len(ranked),
        "results": [
            {
                "node": picture.nodes[at].code,
                "name": picture.nodes[at].name,
                "name_en": picture.nodes[at].name_en,
                "state": STATES[picture.figures.state[at]].value,
                "enterprises": int(picture.figures.supply.enterprises[at]),
                "edges": int(edges[at]),
            }
            for _, _, _, at in ranked[:limit]
        ],
    }


def presence(picture: ChainPicture, enterprises: Iterable[int]) -> Answer:
    """How many of these enterprises make something at each node, and how much of its supply is theirs."""
    graph, made = picture.graph, picture.made
    theirs = np.isin(picture.city.ids[made.enterprise], np.fromiter(enterprises, dtype=np.int64))
    node, who = made.node[theirs], made.enterprise[theirs]
    count = distinct_upwards(graph, who, node)
    supply = graph.sum_upwards(sum_by(node, np.nan_to_num(made.amount[theirs]), graph.size))
    return {
        "enterprises": int(np.unique(who).size),
        "nodes": [
            {"node": picture.nodes[at].code, "enterprises": int(count[at]), "supply": float(supply[at])}
            for at in np.flatnonzero(count).tolist()
        ],
    }
