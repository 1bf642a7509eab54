"""What a card says and how it is checked: one content, one hash, and only what the reader may see."""

import hashlib
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import InternalError, ProgrammingError, connection, transaction

from geo.errors import NotThere
from landparcels.card.content import canonical, content_of, grouped, sm3
from landparcels.card.issuing import issue
from landparcels.card.models import IssuedCard
from landparcels.card.surroundings import near_box, neighbours, shapes_of
from landparcels.card.verifying import typed, verify
from landparcels.card.wording import term_words, value_words, where_from
from landparcels.models import Parcel
from tests.conftest import MakePerson
from tests.factories.geo import FacilityFactory, RegionFactory
from tests.factories.landparcels import ParcelFactory, RegionalValueFactory, square_outline
from tests.shapes import point

VISITOR = AnonymousUser()
TODAY = date(2026, 3, 1)


def read(code: str) -> Parcel:
    return Parcel.objects.select_related("region", "source").with_shape().get(code=code)


def content(code: str, person: Any = VISITOR, *, english: bool = False) -> dict[str, Any]:  # Any: JSON
    return content_of(read(code), person, english=english, on=TODAY)


# ------------------------------------------------------------------ the hash


def test_sm3_is_the_national_standard() -> None:
    """GB/T 32905, example 1: the hash of abc."""
    assert sm3("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3("甲") == hashlib.new("sm3", "甲".encode()).hexdigest()


def test_the_same_facts_are_one_text_whatever_their_order() -> None:
    assert (
        canonical({"b": [1.5, None], "a": "甲"})
        == canonical({"a": "甲", "b": [1.5, None]})
        == '{"a":"甲","b":[1.5,null]}'
    )


def test_a_number_is_printed_in_groups_and_read_as_typed() -> None:
    assert grouped("3f0a91c2") == "3F0A 91C2"
    assert typed(" 3F0A-91c2 \n") == "3f0a91c2"


# ------------------------------------------------------------------ words


def test_values_are_said_in_words_and_the_unknown_is_a_dash() -> None:
    assert value_words("start_price", None, "10k CNY/mu", english=False) == "—"
    assert value_words("start_price", 33.0, "10k CNY/mu", english=False) == "33 万元/亩"
    assert term_words("supply_mode", "lease_first", english=True) == "Lease before grant"
    assert term_words("divisible", False, english=False) == "否"
    assert (
        term_words("admits", ["38", "39"], english=False)
        == "38 电气机械和器材制造业；39 计算机、通信和其他电子设备制造业"
    )
    assert term_words("land_use", "", english=True) == "—"


def test_a_distance_says_whether_it_is_straight_or_by_road() -> None:
    place = {"name": "青岛西站", "name_en": "Qingdao West", "approximate": True}

    assert where_from({"facility": place, "distance": "straight_line"}, english=False) == "青岛西站（位置示意） · 直线"
    assert where_from({"facility": place, "distance": "network"}, english=True).endswith("· by road")
    assert where_from({"reach_km": 8.0, "sources": 3}, english=True) == "3 within 8 km"


# ------------------------------------------------------------------ issuing


@pytest.mark.django_db
def test_the_same_content_is_kept_once_and_another_value_is_another_card() -> None:
    ParcelFactory(code="A", start_price=30)
    first, again = issue(content("A"), by=VISITOR), issue(content("A"), by=VISITOR)
    in_english = issue(content("A", english=True), by=VISITOR)
    Parcel.objects.filter(code="A").update(start_price=31)
    dearer = issue(content("A"), by=VISITOR)

    assert first == again
    assert len({first.pk, in_english.pk, dearer.pk}) == 3
    assert first.digest == sm3(first.content)
    assert first.digest.startswith(first.code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE landparcels_issuedcard SET content = '{}'", "DELETE FROM landparcels_issuedcard"]
)
def test_an_issued_card_is_never_changed(statement: str) -> None:
    ParcelFactory(code="A")
    issue(content("A"), by=VISITOR)

    with pytest.raises((InternalError, ProgrammingError), match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db
def test_a_card_outlives_the_account_that_printed_it(person: MakePerson) -> None:
    ParcelFactory(code="A")
    officer = person("land")
    issue(content("A", officer), by=officer)

    officer.delete()

    assert IssuedCard.objects.get().issued_by is None


@pytest.mark.django_db
def test_a_visitors_card_never_names_a_plant_and_a_staff_card_does(person: MakePerson) -> None:
    ParcelFactory(code="A", lng=120.3, lat=36.2)
    FacilityFactory(category="substation", name="某某变电站", place=point(120.31, 36.2), capacity=100)
    FacilityFactory(category="water_plant", name="某某水厂", place=point(120.31, 36.21), capacity=100)
    FacilityFactory(category="hospital", name="某某医院", place=point(120.31, 36.22))

    for who, expected in ((VISITOR, False), (person("land"), True)):
        told = canonical(content("A", who))
        assert ("某某变电站" in told or "某某水厂" in told) is False  # sums in reach have no names at all
        assert ("staff" in told) is expected


# ------------------------------------------------------------------ the map


def test_only_what_may_be_named_is_drawn_and_far_places_do_not_shrink_the_parcel() -> None:
    details = {
        "hospital_km": {"value": 2.0, "distance": "straight_line",
                        "facility": {"name": "医院", "category": "hospital", "lng": 120.32, "lat": 36.2}},
        "airport_km": {"value": 60.0, "distance": "straight_line",
                       "facility": {"name": "机场", "category": "airport", "lng": 120.9, "lat": 36.6}},
        "metro_km": {"value": 1.0, "distance": "straight_line"},
    }  # fmt: skip
    outline = square_outline(120.3, 36.2)
    near = neighbours(details)
    shapes = shapes_of(outline, (120.3, 36.2), near, english=False)
    west, _, east, _ = near_box(outline, (120.3, 36.2), near)

    assert [one["name"] for one in near] == ["医院", "机场"]
    assert [getattr(shape, "label", "") for shape in shapes] == ["2 公里", "医院", ""]
    assert east - west < 0.1


# ------------------------------------------------------------------ checking


@pytest.mark.django_db
def test_a_card_that_still_holds_says_so_and_is_found_by_number_and_by_hash() -> None:
    ParcelFactory(code="A", start_price=30)
    card = issue(content("A"), by=VISITOR)

    found = verify(grouped(card.code), VISITOR, english=True)

    assert found["state"] == "current"
    assert found["changed"] == 0
    assert verify(card.digest.upper(), VISITOR, english=True) == found
    assert {"key": "start_price", "printed": "30 ×10k CNY/mu", "today": "30 ×10k CNY/mu"}.items() <= {
        key: value for row in found["rows"] if row["key"] == "start_price" for key, value in row.items()
    }.items()


@pytest.mark.django_db
def test_what_has_changed_since_is_listed_with_both_values() -> None:
    ParcelFactory(code="A", start_price=30, contact_phone="1")
    card = issue(content("A"), by=VISITOR)
    Parcel.objects.filter(code="A").update(
        start_price=None, status="reserved", outline=square_outline(120.3, 36.2, 0.002)
    )

    found = verify(card.code, VISITOR, english=True)

    changed = {row["key"]: (row["printed"], row["today"]) for row in found["rows"] if row["changed"]}
    assert found["state"] == "changed"
    assert found["outline_changed"]
    assert changed["start_price"] == ("30 ×10k CNY/mu", "—")
    assert changed["status"] == ("Published", "Reserved")
    assert set(changed) == {"start_price", "status", "area_mu"}


@pytest.mark.django_db
def test_a_printed_value_whose_last_day_is_over_is_marked() -> None:
    region = RegionFactory()
    RegionalValueFactory(region=region, valid_from=date(2025, 1, 1), valid_to=date(2026, 3, 31))
    ParcelFactory(code="A", region=region, electricity_price=0.67)
    card = issue(content("A"), by=VISITOR)

    row = next(one for one in verify(card.code, VISITOR, english=True)["rows"] if one["key"] == "electricity_price")

    assert row["until"] == "2026-03-31"
    assert row["expired"]  # whoever reads this does so later


@pytest.mark.django_db
def test_a_card_of_a_parcel_since_withdrawn_is_ours_but_tells_no_value(person: MakePerson) -> None:
    ParcelFactory(code="A", start_price=30)
    card = issue(content("A"), by=VISITOR)
    Parcel.objects.filter(code="A").update(status="withdrawn")

    for_visitors, for_staff = (verify(card.code, who, english=True) for who in (VISITOR, person("land")))

    assert (for_visitors["state"], for_visitors["parcel"], for_visitors["rows"]) == ("withdrawn", None, [])
    assert for_staff["state"] == "changed"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "zz", "3f0a", "0" * 16, "f" * 64, "3f0a91c2 ' OR 1=1"])
def test_an_unknown_number_was_not_issued_here(code: str, in_english: None) -> None:
    with pytest.raises(NotThere, match="not issued here"):
        verify(code, VISITOR, english=True)
