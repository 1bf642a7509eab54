"""The letter leaves the house: what stands in it, and what must not."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from chains.models import ChainNode
from chains.target_rows import Wanted
from enterprises.models import Enterprise
from landparcels.models import Parcel
from promotion import call_services
from promotion.invitation import contact, content, letter
from promotion.models import Call, Target
from promotion.nodes import Nodes
from promotion.offers import best_parcels
from promotion.services import add_note, take_up
from tests.factories.chains import EnterpriseNodeFactory, battery_chain
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
NODE = "batteries/cathode"


@pytest.fixture
def target(firm: Enterprise, west: User) -> Target:
    battery_chain()
    EnterpriseNodeFactory(enterprise=firm, node=ChainNode.objects.get(code="cathode"))
    ParcelFactory(code="P-1", name="一号地", region_id="990001", start_price=24.5)
    ParcelFactory(code="P-2", name="草稿地", region_id="990001", status="draft")
    made = take_up(enterprise=firm, node=NODE, text="首次接触", by=west)
    add_note(target=made, text="对方报价偏高", by=west)
    return made


def wanted(by: User) -> Wanted:
    found = Nodes(by).find(NODE)
    assert found is not None
    return found


def told(target: Target, by: User, *, english: bool = True) -> dict[str, Any]:
    parcels = best_parcels(target.node, "", target.region_id)
    return content(target, wanted(by), parcels, english=english, site="http://example.org", today=date(2026, 11, 21))


def test_a_letter_tells_the_gap_in_words_and_three_parcels_at_most(target: Target, west: User) -> None:
    letter_of = told(target, west)
    assert letter_of["need"].startswith("Far less is made in the city")
    assert [one["code"] for one in letter_of["parcels"]] == ["P-1"]
    assert letter_of["parcels"][0]["figures"][0] == "24.5 ×10k CNY/mu"
    assert "http" not in letter_of["need"]


def test_of_the_firms_around_the_listed_are_named_and_the_others_counted(target: Target, west: User) -> None:
    around = {one.name: (one.uses_it, one.firms, one.listed) for one in told(target, west)["neighbours"]}
    assert around == {"环节 cell": (True, 1, ["丙"]), "环节 pack": (True, 1, [])}


def test_nothing_that_is_for_staff_alone_is_in_it(target: Target, west: User) -> None:
    words = str(told(target, west, english=False))
    for hidden in ("丁", "乙", "首次接触", "对方报价偏高", "草稿地", "P-2", west.username):
        assert hidden not in words


def test_the_contact_is_that_of_the_regions_own_published_call(target: Target, west: User, city: User) -> None:
    assert contact(target, english=True) == ("Investment promotion office, West", "")
    for by, office in ((city, "市招商中心"), (west, "西区招商局")):
        call = call_services.draw_up(
            given={"title_zh": "榜", "contact_office": office, "contact_phone": "1", "nodes": [NODE]}, by=by
        )
        call_services.publish(call=call, by=by)
        assert contact(target, english=True) == (office, "1")
    Call.objects.update(contact_office_en="West Investment Office")
    assert contact(target, english=True) == ("West Investment Office", "1")
    assert contact(target, english=False) == ("西区招商局", "1")


@pytest.mark.parametrize("english", [False, True])
def test_the_letter_is_a_pdf_with_its_map(target: Target, west: User, english: bool) -> None:
    written = letter(target, wanted(west), english=english, site="http://example.org")
    assert written.startswith(b"%PDF-")
    assert len(written) > 10_000


def test_a_city_without_land_on_offer_still_writes(target: Target, west: User) -> None:
    Parcel.objects.all().delete()
    assert told(target, west)["parcels"] == []
    assert letter(target, wanted(west), english=True, site="http://example.org").startswith(b"%PDF-")
