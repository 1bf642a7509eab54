"""A chain's figures as plain mappings: NaN becomes null, positions become codes."""

from __future__ import annotations

from typing import Any

import numpy as np

from chains.figures import known
from chains.picture import ChainPicture
from chains.verdicts import STATES

Answer = dict[str, Any]  # what a serializer reads
MOST_DRAWN = 1500
"""Nodes of a chain that come whole; of a larger one, a node with what lies around it."""
MOST_CELLS = 400
"""Nodes of a chain that the overview draws as cells."""


def summary(picture: ChainPicture) -> Answer:
    """One row of the list of chains."""
    leaf, figures = picture.graph.is_leaf, picture.figures
    counts = np.bincount(figures.state[leaf], minlength=len(STATES)).tolist()
    unknown = np.isnan(picture.made.amount)
    return {
        "code": picture.chain.code,
        "name": picture.chain.name,
        "name_en": picture.chain.name_en,
        "nodes": int(leaf.sum()),
        "enterprises": int(np.unique(picture.made.enterprise).size),
        "states": dict(zip(STATES, counts, strict=True)),
        "gaps": int(figures.gaps.sum()),
        "synthetic": picture.synthetic,
        "supply": float(figures.supply.supply[leaf].sum()),
        "without_output": int(np.unique(picture.made.enterprise[unknown]).size),
        "chokepoints": int(figures.chokepoint.sum()),
        "thresholds": picture.limits.version,
        "cells": cells(picture),
    }


def cells(picture: ChainPicture) -> list[Answer]:
    """The leaves with stage and state, for a picture of the chain in small; none of a chain too large for that."""
    leaves = np.flatnonzero(picture.graph.is_leaf).tolist()
    if len(leaves) > MOST_CELLS:
        return []
    return [
        {
            "node": picture.nodes[at].code,
            "name": picture.nodes[at].name,
            "name_en": picture.nodes[at].name_en,
            "stage": picture.nodes[at].stage,
            "state": STATES[picture.figures.state[at]].value,
        }
        for at in leaves
    ]


def whole(picture: ChainPicture) -> Answer:
    """The panorama: every node with its figures, every edge. A chain too large to be drawn gives neither (`drawn`)."""
    graph = picture.graph
    codes = [row.code for row in picture.nodes]
    drawn = graph.size <= MOST_DRAWN
    return {
        "code": picture.chain.code,
        "name": picture.chain.name,
        "name_en": picture.chain.name_en,
        "synthetic": picture.synthetic,
        "reference_year": picture.city.reference_year or None,
        "thresholds": picture.limits.as_answer(),
        "drawn": drawn,
        "size": graph.size,
        "nodes": [node(picture, at) for at in range(graph.size)] if drawn else [],
        "edges": []
        if not drawn
        else [
            {"source": codes[source], "target": codes[target], "coefficient": coefficient, "assumed": assumed}
            for source, target, coefficient, assumed in zip(
                graph.source.tolist(),
                graph.target.tolist(),
                graph.coefficient.tolist(),
                graph.assumed.tolist(),
                strict=True,
            )
        ],
    }


def node(picture: ChainPicture, at: int) -> Answer:
    row, figures, leaf = picture.nodes[at], picture.figures, bool(picture.graph.is_leaf[at])

    def flag(values: Any) -> bool | None:  # an array of booleans
        return bool(values[at]) if leaf else None

    return {
        "node": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "stage": row.stage,
        "parent": picture.parent_code(at),
        "leaf": leaf,
        "essential": row.essential,
        "state": STATES[figures.state[at]].value,
        "behind_missing": flag(figures.behind_missing),
        "enterprises": int(figures.supply.enterprises[at]),
        "supply": float(figures.supply.supply[at]),
        "demand": float(figures.supply.demand[at]),
        "rate": known(figures.supply.rate[at]),
        "local_sourcing": known(picture.sourcing.local[at]),
        "sourcing_coverage": known(picture.sourcing.coverage[at]),
        "hhi": known(figures.supply.hhi[at]),
        "lq": known(figures.lq[at]),
        "single_source": flag(figures.single_source),
        "criticality": known(figures.criticality[at]),
        "dependence": known(figures.dependence[at]),
        "barrier": known(figures.barrier[at]),
        "chokepoint_risk": known(figures.chokepoint_risk[at]),
        "chokepoint": flag(figures.chokepoint),
        "without_output": int(figures.supply.without_output[at]),
        "confidence": known(picture.confidence[at]),
    }
