"""The card as a document: A4, the map and the terms first, then every indicator with unit, source, date and last day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from geo.fields import Extent2D
from geo.models import Region
from geo.printing import Frame, framed, pdf, qr, sentence
from geo.printing.maps import Box, Place, around, map_svg
from geo.words import Words
from landparcels.card.content import Json, grouped
from landparcels.card.models import IssuedCard
from landparcels.card.surroundings import near_box, neighbours, shapes_of
from landparcels.card.wording import ORIGINS, TERM_WORDS, distance_words, spoken, term_words, value_words
from landparcels.indicators import indicators_for
from landparcels.indicators.field import GROUP_WORDS
from landparcels.models import Parcel

NEAR_MAP, CITY_MAP = (122, 84), (58, 84)
TITLE = Words("标准地宗地卡", "Standard land: parcel card")
SHOWN_ON_TOP = frozenset({"area_mu", "contact_office", "contact_phone"})


def printed(card: IssuedCard, content: Json, parcel: Parcel, details: dict[str, Json], address: str) -> bytes:
    """`details` are those the content was made from; `address` is where the code leads."""
    english = content["language"] == "en"
    name = content["name"] or content["code"]
    title = f"{spoken(TITLE, english=english)} · {name}"
    body = render_to_string(
        "landparcels/card.html", _context(card, content, parcel, details, address, title, english=english)
    )
    as_of = date.fromisoformat(content["as_of"]) if content["as_of"] else None
    invented = content["synthetic"] or any(one["synthetic"] for one in content["indicators"].values())
    return pdf(framed(body, Frame(title, content["source"], as_of, invented, english)))


def _context(
    card: IssuedCard,
    content: Json,
    parcel: Parcel,
    details: dict[str, Json],
    address: str,
    title: str,
    *,
    english: bool,
) -> dict[str, Any]:  # Any: a template takes whatever it names
    centre = (parcel.label_point.x, parcel.label_point.y)
    near = neighbours(details)
    alt = spoken(Words("宗地及周边", "The parcel and its surroundings"), english=english)
    sources: list[str] = []
    shown_on = date.fromisoformat(content["shown_on"]) if "shown_on" in content else None
    groups = list(_groups(content, sources, shown_on or timezone.localdate(), english=english))
    terms = content["terms"]
    return {
        "en": english,
        "title": title,
        "shown_on": shown_on,
        "content": content,
        "name": content["name"] or content["code"],
        "status": term_words("status", terms["status"], english=english),
        "key": list(_key_figures(content, english=english)),
        "near_map": map_svg(
            near_box(parcel.outline, centre, near),
            NEAR_MAP,
            shapes_of(parcel.outline, centre, near, english=english),
            english=english,
            alt=alt,
        ),
        "city_map": map_svg(
            city_box() or around([centre], least_km=60),
            CITY_MAP,
            [Place(*centre, "diamond", "#000", 1.6, said=spoken(Words("位置", "Place"), english=english))],
            english=english,
            alt=alt,
        ),
        "near": [
            {
                "name": (english and one.get("name_en")) or one["name"],
                "km": sentence(one["km"], "km", english=english),
                "how": spoken(distance_words(one["distance"]), english=english),
            }
            for one in near
        ],
        "terms": [
            (spoken(TERM_WORDS[term], english=english), term_words(term, value, english=english))
            for term, value in terms.items()
            if term not in SHOWN_ON_TOP and term != "status" and value not in (None, "", [])
        ],
        "office": terms["contact_office"],
        "phone": terms["contact_phone"],
        "groups": groups,
        "sources": list(enumerate(sources, start=1)),
        "issued_on": timezone.localdate(card.issued_at),
        "number": grouped(card.code),
        "hash": grouped(card.digest, by=8),
        "address": address,
        "qr": qr(address),
    }


def city_box() -> Box | None:
    """Of the deployment's own city; None where none was set up."""
    found = Region.objects.roots().exclude(outline=None).aggregate(box=Extent2D("outline"))["box"]
    return None if found is None else found.extent


def _key_figures(content: Json, *, english: bool) -> Iterator[tuple[str, str]]:
    area, price = content["terms"]["area_mu"], content["indicators"]["start_price"]
    yield spoken(TERM_WORDS["area_mu"], english=english), sentence(area, "mu", english=english)
    yield (
        spoken(Words("起始价", "Start price"), english=english),
        value_words("start_price", price["value"], price["unit"], english=english),
    )
    total = None if price["value"] is None else price["value"] * area
    yield (
        spoken(Words("起始总价（单价 × 面积）", "Start price in all (price × area)"), english=english),
        sentence(total, "10k CNY", english=english),
    )


def _groups(content: Json, sources: list[str], on: date, *, english: bool) -> Iterator[tuple[str, list[Json]]]:
    """Group by group; `sources` collects what the numbers in the last column stand for."""
    catalogue = indicators_for()
    rows: dict[str, list[Json]] = {}
    for code, one in content["indicators"].items():
        indicator = catalogue[code]
        if one["source"] and one["source"] not in sources:
            sources.append(one["source"])
        rows.setdefault(spoken(GROUP_WORDS[indicator.group], english=english), []).append(
            {
                "name": indicator.en if english else indicator.zh,
                "value": value_words(code, one["value"], one["unit"], english=english),
                "origin": spoken(ORIGINS[one["origin"]], english=english),
                "where": one["where"],
                "department": one["department"],
                "source": sources.index(one["source"]) + 1 if one["source"] else "",
                "as_of": one["as_of"] or "",
                "until": one["until"] or "",
                "expired": one["until"] is not None and one["until"] < on.isoformat(),
                "reference": one["reference"],
            }
        )
    yield from rows.items()
