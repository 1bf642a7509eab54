"""What this room asks of rooms above it, and lets them tell: spare capacities after commitments of projects."""

from collections.abc import Callable, Mapping

from django.db import transaction

ResidualCapacity = Callable[[str], Mapping[int, float]]
"""From a facility category to the residual F_k (METHODS 6) of each facility, by its id; unknown ones are left out."""

_provider: ResidualCapacity | None = None


def provide_residual_capacity(provider: ResidualCapacity | None) -> None:
    """Registered once, by the room that knows the commitments; without it the recorded spare stands."""
    global _provider
    _provider = provider


def residual_capacity(category: str) -> Mapping[int, float] | None:
    """None while nobody above knows of commitments."""
    return _provider(category) if _provider else None


def residual_capacities_changed() -> None:
    """To be called when a project was committed, changed or given up: parcels' spare capacities follow after commit."""
    from landparcels.refreshing import refresh_capacities

    transaction.on_commit(refresh_capacities)
