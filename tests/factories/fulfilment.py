"""Checklists and commitments for tests."""

from datetime import date

import factory

from fulfilment.models import AreaAssessment, ReadinessItem
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
