"""Where a firm stands among its peers (同行位置): the figures of its division in the city, or of the whole city."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rest_framework import serializers

from enterprises.models import Enterprise
from enterprises.selectors import latest_of_each

FEWEST_PEERS = 8
SUMS = ("output", "value_added", "tax", "profit", "employees", "rd", "revenue", "investment")
MEASURES: dict[str, tuple[str, str | None, str]] = {
    "output": ("output", None, "10k CNY"),
    "employees": ("employees", None, "persons"),
    "output_per_mu": ("output", "land_mu", "10k CNY/mu"),
    "tax_per_mu": ("tax", "land_mu", "10k CNY/mu"),
    "investment_per_mu": ("investment", "land_mu", "10k CNY/mu"),
    "output_per_employee": ("output", "employees", "10k CNY/person"),
    "profit_margin": ("profit", "revenue", "1"),
    "rd_intensity": ("rd", "revenue", "1"),
}
"""Name: figure, what it is shared over, unit. Each figure is of its own latest year that counts."""
Floats = NDArray[np.float64]


class StandingMeasureSerializer(serializers.Serializer[Any]):
    measure = serializers.ChoiceField(choices=list(MEASURES))
    unit = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True, help_text="Of the peers that tell it.")
    percentile = serializers.FloatField(allow_null=True, help_text="0..1, mean rank of ties / n.")
    known = serializers.IntegerField(help_text="Peers that tell it, the firm included.")


class StandingSerializer(serializers.Serializer[Any]):
    division = serializers.CharField(allow_null=True, help_text="GB/T 4754; null: its own has too few, so the city.")
    peers = serializers.IntegerField()
    measures = StandingMeasureSerializer(many=True)


def standing(firm: Enterprise) -> dict[str, Any] | None:  # what the serializer reads
    """None for a firm outside the city: its peers are not known in full."""
    if not firm.in_city:
        return None
    division: str | None = firm.industry[:2] or None
    peers = Enterprise.objects.in_city()
    if division and peers.of_industry([division]).count() >= FEWEST_PEERS:
        peers = peers.of_industry([division])
    else:
        division = None
    rows = np.array(list(peers.order_by("pk").values_list("pk", "land_mu")), dtype=np.float64).reshape(-1, 2)
    ids = rows[:, 0].astype(np.int64)
    known = {name: latest.of(ids) for name, latest in latest_of_each(peers, SUMS).items()} | {"land_mu": rows[:, 1]}
    at = int(np.searchsorted(ids, firm.pk))
    return {
        "division": division,
        "peers": int(ids.size),
        "measures": [
            {"measure": name, "unit": unit, **place(ratio(known[above], known[below] if below else None), at)}
            for name, (above, below, unit) in MEASURES.items()
        ],
    }


def ratio(above: Floats, below: Floats | None) -> Floats:
    """NaN where a part is unknown or there is nothing to share it over."""
    if below is None:
        return above
    shared: Floats = np.divide(above, below, out=np.full(above.size, np.nan), where=below > 0)
    return shared


def place(values: Floats, at: int) -> dict[str, float | int | None]:
    """Value, median and mean rank / n among those that are known."""
    told = values[~np.isnan(values)]
    own = values[at]
    percentile = None if np.isnan(own) else float((np.sum(told < own) + (np.sum(told == own) + 1) / 2) / told.size)
    return {
        "value": None if np.isnan(own) else float(own),
        "median": float(np.median(told)) if told.size else None,
        "percentile": percentile,
        "known": int(told.size),
    }
