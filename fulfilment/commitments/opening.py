"""A commitment as it opens: what the parcel asks for is what is promised, until the contracts are entered."""

from collections.abc import Mapping
from itertools import chain

from django.db import transaction

from accounts.audit import machine_writes
from accounts.models import User
from fulfilment.commitments.milestones import NAMES
from fulfilment.commitments.terms import limits_of, promisable, start_indicator, thresholds_of
from fulfilment.models import Commitment, Milestone, Promise
from landparcels.indicators.own import Indicator
from landparcels.models import Parcel
from landparcels.publication.querysets import TransitionQuerySet

AT_ONCE = 2_000


def as_asked(parcel: Parcel, start: str | None, by: User | None) -> Commitment:
    """Not saved; `start` is the city's own indicator of the start, if it has one."""
    limits = limits_of(parcel, start)
    return Commitment(
        parcel=parcel,
        recorded_by=by,
        start_months=limits.start,
        construction_months=limits.construction,
        ramp_up_months=limits.ramp_up,
    )


def milestones_of(commitment: Commitment) -> list[Milestone]:
    return [Milestone(commitment=commitment, name=name) for name in NAMES]


def promises_of(commitment: Commitment, indicators: Mapping[str, Indicator]) -> list[Promise]:
    return [
        Promise(
            commitment=commitment,
            indicator=code,
            committed=value,
            threshold=value,
            department=indicators[code].department,
        )
        for code, value in thresholds_of(commitment.parcel, indicators).items()
    ]


def open_commitments(transfers: TransitionQuerySet, *, by: User | None) -> int:
    """For the parcels of these steps that are transferred now and have no commitment running; answers how many.

    The load behind them has its entry in the audit; rows that follow from it are not written down one by one.
    """
    parcels = Parcel.objects.filter(pk__in=transfers.values("parcel"), status="transferred").order_by("pk")
    wanting = parcels.exclude(pk__in=Commitment.objects.running().values("parcel"))
    start, indicators, opened = start_indicator(), promisable(), 0
    ids = list(wanting.values_list("pk", flat=True))
    for at in range(0, len(ids), AT_ONCE):
        with transaction.atomic(), machine_writes("parcels"):
            rows = Parcel.objects.defer("outline", "web").filter(pk__in=ids[at : at + AT_ONCE])
            fresh = Commitment.objects.bulk_create([as_asked(parcel, start, by) for parcel in rows])
            Milestone.objects.bulk_create(chain.from_iterable(map(milestones_of, fresh)))
            Promise.objects.bulk_create(chain.from_iterable(promises_of(one, indicators) for one in fresh))
        opened += len(fresh)
    return opened
