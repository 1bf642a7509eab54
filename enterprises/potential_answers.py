"""A firm's potential opened down to what it was made from."""

from __future__ import annotations

from typing import Any

import numpy as np
from rest_framework import serializers

from enterprises.models import Enterprise
from enterprises.peers import Weighed, weighed_with
from enterprises.potential import CRITERIA, LEAST_KNOWN, Peers

UNITS = {
    "growth": "1",
    "rd_intensity": "1",
    "profit_margin": "1",
    "tax_per_mu": "10k CNY/mu",
    "output_per_employee": "10k CNY/person",
    "patents_per_100_employees": "pieces/100 persons",
}
Answer = dict[str, Any]  # what a serializer reads


class CriterionSerializer(serializers.Serializer[Any]):
    """One of the six; `low`, `high` and `median` are those of the peers."""

    criterion = serializers.ChoiceField(choices=list(CRITERIA))
    unit = serializers.CharField()
    value = serializers.FloatField(allow_null=True, help_text="Null: unknown.")
    year = serializers.IntegerField(allow_null=True)
    filled = serializers.BooleanField(help_text="Unknown, and weighed with the peers' median.")
    weight = serializers.FloatField(allow_null=True, help_text="Entropy weight, 0..1.")
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)


class PotentialSerializer(serializers.Serializer[Any]):
    """METHODS 4. Without a score, `known` says how few of the six criteria are known."""

    score = serializers.FloatField(allow_null=True, help_text="0..100")
    percentile = serializers.FloatField(allow_null=True, help_text="0..1, mean rank of ties.")
    known = serializers.IntegerField()
    needed = serializers.IntegerField()
    among = serializers.ChoiceField(choices=["city", "all"], help_text="Peers are firms of the city, or all loaded.")
    division = serializers.CharField(allow_null=True, help_text="GB/T 4754; null: its own has too few, so all of them.")
    peers = serializers.IntegerField(allow_null=True)
    reference_year = serializers.IntegerField(allow_null=True)
    criteria = CriterionSerializer(many=True)


def potential_of(firm: Enterprise) -> Answer | None:
    """None only for a firm that was loaded this moment."""
    weighed = weighed_with(firm)
    at = weighed.position(firm.pk)
    if at is None:
        return None
    peers = weighed.peers_of(at)
    values = weighed.criteria.values[at]
    return {
        "score": _known(weighed.potential.score[at]),
        "percentile": _known(weighed.potential.percentile[at]),
        "known": int((~np.isnan(values)).sum()),
        "needed": LEAST_KNOWN,
        "among": "city" if firm.in_city else "all",
        "division": peers.division if peers else None,
        "peers": peers.size if peers else None,
        "reference_year": weighed.reference_year or None,
        "criteria": [_criterion(weighed, at, column, peers) for column in range(len(CRITERIA))],
    }


def _criterion(weighed: Weighed, at: int, column: int, peers: Peers | None) -> Answer:
    value = _known(weighed.criteria.values[at, column])
    return {
        "criterion": CRITERIA[column],
        "unit": UNITS[CRITERIA[column]],
        "value": value,
        "year": int(weighed.criteria.year[at, column]) or None,
        "filled": value is None and peers is not None,
        "weight": float(peers.weights[column]) if peers else None,
        "low": float(peers.low[column]) if peers else None,
        "high": float(peers.high[column]) if peers else None,
        "median": float(peers.median[column]) if peers else None,
    }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
