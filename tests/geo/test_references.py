"""Mass tables name only parents that exist, though no row is checked by itself."""

import pytest
from django.db import IntegrityError, connection, transaction

from geo.models import Facility, GridLayer, GridValue, Source
from tests.factories.geo import FacilityFactory

pytestmark = pytest.mark.django_db


def layer() -> GridLayer:
    return GridLayer.objects.create(code="people", name="人口", unit="persons", aggregate="sum")


def test_a_value_of_a_layer_that_is_not_there_is_refused_and_named() -> None:
    layer()
    with pytest.raises(IntegrityError, match="jobs, which geo_gridlayer does not have"), transaction.atomic():
        GridValue.objects.bulk_create(
            GridValue(layer_id=code, cell=cell, value=1) for cell, code in enumerate(("people", "jobs"))
        )
    assert not GridValue.objects.exists()


def test_a_source_that_is_not_there_is_refused_on_insert_and_on_update() -> None:
    facility = FacilityFactory()
    with pytest.raises(IntegrityError, match="geo_source does not have"), transaction.atomic():
        FacilityFactory(source_id=-1)
    with pytest.raises(IntegrityError, match="geo_source does not have"), transaction.atomic():
        Facility.objects.filter(pk=facility.pk).update(source_id=-1)


def test_a_parent_that_is_still_named_cannot_be_deleted_behind_the_back_of_the_application() -> None:
    GridValue.objects.create(layer=layer(), cell=1, value=1)
    with (
        pytest.raises(IntegrityError, match="geo_gridvalue still names"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM geo_gridlayer")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_deleting_a_source_leaves_its_rows_without_one() -> None:
    source = Source.objects.create(name="s", kind="facilities", file_name="s.csv", sha256="0" * 64)
    facility = FacilityFactory(source=source)
    source.delete()
    facility.refresh_from_db()
    assert facility.source is None
