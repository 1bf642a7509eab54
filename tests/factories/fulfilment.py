"""Checklists and commitments for tests."""

from datetime import date
from typing import Any

import factory

from fulfilment.commitments.dates import set_due_dates
from fulfilment.commitments.services import open_commitment
from fulfilment.models import AreaAssessment, Commitment, ReadinessItem
from landparcels.models import Parcel
from tests.factories.landparcels import ParcelFactory


class ReadinessItemFactory(factory.django.DjangoModelFactory[ReadinessItem]):
    class Meta:
        model = ReadinessItem

    parcel = factory.SubFactory(ParcelFactory)
    item = "water"
    state = "done"


class AreaAssessmentFactory(factory.django.DjangoModelFactory[AreaAssessment]):
    """Valid through 2026 unless a test says otherwise; pass `region_id`."""

    class Meta:
        model = AreaAssessment

    assessment = "seismic"
    state = "done"
    done_on = date(2025, 1, 1)
    expires = date(2026, 12, 31)


def commitment_for(parcel: Parcel, *, hand_over: date | None = date(2026, 1, 15), **columns: Any) -> Commitment:
    """As a transfer opens it, with the columns given; dates follow."""
    opened = open_commitment(parcel=parcel, by=None)
    assert opened is not None
    for name, value in {"hand_over": hand_over, **columns}.items():
        setattr(opened, name, value)
    opened.save()
    set_due_dates([opened])
    return opened
