from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from fulfilment.models import Commitment, Milestone, Promise
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from landparcels.models import Parcel
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.fulfilment import commitment_for
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., User]


@pytest.fixture
def parcel() -> Parcel:
    RegionFactory(adcode="990001")
    EnterpriseFactory(uscc="test:1", name="远航电子")
    return ParcelFactory(
        code="P1",
        status="transferred",
        region_id="990001",
        investment_intensity_min=300,
        tax_per_mu_min=20,
        construction_months_max=24,
        ramp_up_months_max=12,
    )


def load(path: Path, text: str, *, by: User | None = None, replace: bool = False) -> Report:
    file = path / "commitments.csv"
    file.write_text(text, encoding="utf-8")
    return load_file("commitments", file, Options(source_name="commitments", replace=replace), by=by)


def test_a_file_brings_contracts_dates_and_values_and_the_parcel_fills_the_rest(parcel: Parcel, tmp_path: Path) -> None:
    report = load(
        tmp_path,
        "宗地编号,统一社会信用代码,出让合同编号,交地日期,约定开工期限,实际开工日期,固定资产投资强度\n"
        "P1,test:1,青〔1〕,2025-01-31,3,2025-04-01,350\n",
    )
    assert (report.inserted, report.rejected) == (1, 0)
    made = Commitment.objects.get()
    assert (made.enterprise.uscc, made.start_months, made.construction_months) == ("test:1", 3, 24)  # type: ignore[union-attr]
    assert dict(Milestone.objects.values_list("name", "due")) == {
        "start": date(2025, 4, 30),
        "completion": date(2027, 1, 31),
        "full_production": date(2028, 1, 31),
    }
    assert Milestone.objects.get(name="start").met_on == date(2025, 4, 1)
    assert dict(Promise.objects.values_list("indicator", "committed")) == {
        "investment_intensity_min": 350,
        "tax_per_mu_min": 20,
    }


def test_a_second_load_changes_what_it_names_and_keeps_the_rest(parcel: Parcel, tmp_path: Path) -> None:
    commitment_for(parcel, hand_over=date(2025, 1, 1), note="旧")
    report = load(tmp_path, "parcel,uscc,hand_over\nP1,test:1,2025-02-01\n")
    assert (report.inserted, report.updated) == (0, 1)
    row = Commitment.objects.get()
    assert (row.hand_over, row.note, row.revision) == (date(2025, 2, 1), "旧", 2)
    assert Milestone.objects.get(name="completion").due == date(2027, 2, 1)
    assert Promise.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("P9,,,,,", "parcel"),
        ("OFFER,,,,,", "parcel"),
        ("P1,nobody:1,,,,", "uscc"),
        ("P1,,2025-03-01,2025-01-01,,", "hand_over"),
        ("P1,,,2025-03-01,2025-01-01,", "started_on"),
        ("P1,,,2025-03-01,2199-01-01,", "started_on"),
        ("P1,,,,,-3", "investment_intensity_min"),
    ],
)
def test_a_wrong_row_is_refused_with_its_column(parcel: Parcel, tmp_path: Path, line: str, column: str) -> None:
    ParcelFactory(code="OFFER", region_id="990001", lng=120.4)
    header = "parcel,uscc,grant_date,hand_over,started_on,investment_intensity_min\n"
    report = load(tmp_path, header + line + "\n")
    assert [refusal.column for refusal in report.refusals] == [column]
    assert not Commitment.objects.exists()


def test_commitments_are_loaded_by_land_staff_and_never_replaced(
    parcel: Parcel, tmp_path: Path, person: MakePerson
) -> None:
    text = "parcel,uscc\nP1,test:1\n"
    with pytest.raises(NotAllowed):
        load(tmp_path, text, by=person("promotion"))
    with pytest.raises(NotAllowed, match="核验历史"):
        load(tmp_path, text, replace=True)
    assert load(tmp_path, text, by=person("land", region="370211")).rejected == 1
    assert load(tmp_path, text, by=person("land", region="990001")).inserted == 1


def test_what_was_exported_is_loaded_again(parcel: Parcel, tmp_path: Path, as_person: Callable[..., APIClient]) -> None:
    commitment_for(parcel, grant_number="青〔1〕")
    client = as_person("land")
    for english in ("en", "zh-CN"):
        exported = client.get("/api/v1/commitments/export/?format=csv", HTTP_ACCEPT_LANGUAGE=english)
        report = load(tmp_path, exported.content.decode("utf-8-sig"))
        assert (report.updated, report.rejected) == (1, 0)
    row = Commitment.objects.get()
    assert (row.grant_number, row.hand_over) == ("青〔1〕", date(2026, 1, 15))
    assert dict(Promise.objects.values_list("indicator", "committed"))["tax_per_mu_min"] == 20
