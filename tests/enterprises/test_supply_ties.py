from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from enterprises.models import SupplyTie
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from tests.conftest import MakePerson
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db


def load(folder: Path, *lines: str) -> Report:
    path = folder / "ties.csv"
    path.write_text("\n".join(("supplier,customer,year,amount", *lines)) + "\n", encoding="utf-8")
    return load_file("supply_ties", path, Options())


def test_ties_load_and_load_again(tmp_path: Path) -> None:
    one, other = EnterpriseFactory(uscc="local:1"), EnterpriseFactory(uscc="local:2")
    assert load(tmp_path, "local:1,local:2,2024,1200", "local:2,local:1,,").inserted == 2
    report = load(tmp_path, "local:1,local:2,2025,")
    assert (report.inserted, report.updated) == (0, 1)
    tie = SupplyTie.objects.get(supplier=one, customer=other)
    assert (tie.year, tie.amount) == (2025, None)


def test_ties_that_cannot_be_are_refused_in_words(tmp_path: Path) -> None:
    EnterpriseFactory(uscc="local:1")
    report = load(tmp_path, "local:1,local:9,2024,5", "local:1,local:1,2024,5", "local:1,local:9,2024,-5")
    assert [(refusal.row, refusal.column, refusal.reason.en) for refusal in report.refusals][:2] == [
        (2, "customer", "there is no enterprise local:9; load it with enterprises first"),
        (3, "customer", "supplier and customer are one firm"),
    ]
    assert (report.refusals[2].row, report.refusals[2].column) == (4, "amount")
    assert not SupplyTie.objects.exists()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"amount": -1}, "supplytie_amount_not_negative"), ({"year": 1500}, "supplytie_year_plausible")],
)
def test_a_tie_keeps_to_its_ranges(columns: dict[str, float], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        SupplyTie.objects.create(supplier=EnterpriseFactory(), customer=EnterpriseFactory(), **columns)


def test_a_tie_is_between_two_firms_and_stands_once() -> None:
    one, other = EnterpriseFactory(), EnterpriseFactory()
    SupplyTie.objects.create(supplier=one, customer=other)
    with pytest.raises(IntegrityError, match="supplytie_once"):
        SupplyTie.objects.create(supplier=one, customer=other)


def test_a_firm_does_not_supply_itself() -> None:
    firm = EnterpriseFactory()
    with pytest.raises(IntegrityError, match="supplytie_between_two"):
        SupplyTie.objects.create(supplier=firm, customer=firm)


def test_who_buys_from_whom_is_for_staff(person: MakePerson) -> None:
    SupplyTie.objects.create(supplier=EnterpriseFactory(), customer=EnterpriseFactory())
    assert not SupplyTie.objects.visible_to(AnonymousUser()).exists()
    assert not SupplyTie.objects.visible_to(person("investor")).exists()
    assert SupplyTie.objects.visible_to(person("promotion")).exists()
