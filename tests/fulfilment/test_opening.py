"""A transfer opens the commitment, whichever way it comes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from fulfilment.models import Commitment
from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import Region
from tests.factories.fulfilment import commitment_for
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., User]


@pytest.fixture
def district() -> Region:
    city = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 121, 37))
    return RegionFactory(adcode="990001", parent=city)


def test_a_transfer_by_file_opens_the_same_commitment(
    district: Region,
    person: MakePerson,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """More of them at once than are told of one by one."""
    monkeypatch.setattr("landparcels.publication.loads.MOST_TOLD", 1)
    kept = commitment_for(ParcelFactory(code="P1", region=district, status="reserved"))
    ParcelFactory(code="P2", region=district, status="reserved", tax_per_mu_min=20, construction_months_max=24)
    by, file = person("admin"), tmp_path / "parcels.csv"
    square = "POLYGON((120.1 36.1,120.101 36.1,120.101 36.101,120.1 36.101,120.1 36.1))"
    rows = "".join(
        f'{code},{status},"{square}"\n' for code, status in (("P1", "已出让"), ("P2", "已出让"), ("P3", "已预留"))
    )
    file.write_text(f"code,status,wkt\n{rows}", encoding="utf-8")

    for _ in range(2):  # a second load of the same opens no other
        with django_capture_on_commit_callbacks(execute=True):
            load_file("parcels", file, Options(crs="EPSG:4490"), by=by)

    assert set(Commitment.objects.values_list("parcel__code", flat=True)) == {"P1", "P2"}
    assert Commitment.objects.get(parcel__code="P1") == kept
    commitment = Commitment.objects.get(parcel__code="P2")
    assert (commitment.recorded_by, commitment.start_months, commitment.construction_months) == (by, 6, 24)
    assert (commitment.promises.get().committed, commitment.milestones.count()) == (20, 3)
