"""The letter that invites a firm. It leaves the house: only what is public stands in it, and no number of the gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import timezone

from chains.models import EnterpriseNode
from chains.target_rows import Wanted
from enterprises.models import Enterprise
from geo.deployment import CITY
from geo.models import Region
from geo.printing import Frame, framed, pdf, qr, sentence
from geo.printing.maps import Place, around, map_svg
from geo.words import Words
from landparcels.indicators import catalogue
from promotion.call_words import called, name_of
from promotion.models import Call, Target
from promotion.needs import within_a_sentence
from promotion.offers import Offered, best_parcels

PUBLIC = AnonymousUser()
MOST_FIRMS = 3
MAP = (182, 58)
LEAST_MAP_KM = 6.0
COLOURS = ("#0072B2", "#D55E00", "#009E73")
Context = dict[str, Any]  # what a template names


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A link beside the node: how many firms the city has there, as everyone may know, and the listed ones by name."""

    name: str
    uses_it: bool
    firms: int
    listed: list[str]


def letter(target: Target, wanted: Wanted, *, english: bool, site: str) -> bytes:
    """`site` is the address of this deployment without a slash at its end."""
    parcels = best_parcels(target.node, target.enterprise.industry, target.region.adcode)
    context = content(target, wanted, parcels, english=english, site=site, today=timezone.localdate())
    title = str(context["title"])
    body = render_to_string("promotion/invitation.html", context)
    frame = Frame(title, synthetic=wanted.picture.synthetic, english=english, as_of=context["today"])
    return pdf(framed(body, frame))


def content(
    target: Target, wanted: Wanted, parcels: list[Offered], *, english: bool, site: str, today: date
) -> Context:
    city = CITY.get()
    found = called(wanted)
    node = name_of(wanted.picture, wanted.at)
    chain = Words(wanted.picture.chain.name, wanted.picture.chain.name_en or wanted.picture.chain.name)
    grows = Words(f"本市正在壮大{node.zh}环节。", f"The city is building up {within_a_sentence(node.en)}.")
    office, phone = contact(target, english=english)
    spoken = _spoken(english)
    title = Words("产业合作邀请函", "Invitation")
    return {
        "en": english,
        "title": f"{spoken(title)} · {target.enterprise.name}",
        "heading": spoken(title),
        "recipient": target.enterprise.name,
        "city": city.name_en if english else city.name_zh,
        "region": _name(target.region, english=english),
        "chain": spoken(chain),
        "chain_within": within_a_sentence(chain.en),
        "node": within_a_sentence(node.en) if english else node.zh,
        "need": spoken(found.words if found else grows),
        "neighbours": neighbours(wanted, english=english),
        "parcels": [_parcel(number, one, english=english, site=site) for number, one in enumerate(parcels, 1)],
        "figures": _figure_names(parcels, english=english),
        "map": _map(parcels, english=english) if parcels else "",
        "office": office,
        "phone": phone,
        "today": today,
        "site": site,
    }


def neighbours(wanted: Wanted, *, english: bool) -> list[Neighbour]:
    """Users first, then suppliers; only those that the city has."""
    picture, at = wanted.picture, wanted.at
    graph, count = picture.graph, picture.figures.supply.enterprises
    users = graph.target[graph.source == at].tolist()
    suppliers = [one for one in graph.source[graph.target == at].tolist() if one not in users]
    beside = [(one, one in users) for one in (*users, *suppliers) if count[one] > 0]
    listed: dict[int, list[str]] = {}
    rows = EnterpriseNode.objects.visible_to(PUBLIC).filter(
        node__in=[picture.nodes[one].id for one, _ in beside],
        enterprise__in=Enterprise.objects.visible_to(PUBLIC).in_city(),
    )
    for node, name in rows.order_by("enterprise__name").values_list("node", "enterprise__name").distinct():
        listed.setdefault(node, []).append(name)
    spoken = _spoken(english)
    return [
        Neighbour(
            spoken(name_of(picture, one)), uses, int(count[one]), listed.get(picture.nodes[one].id, [])[:MOST_FIRMS]
        )
        for one, uses in beside[:6]
    ]


def contact(target: Target, *, english: bool) -> tuple[str, str]:
    """Of the region's own published call, or of one above it; the office by its usual name without any."""
    above = [code for code in target.region.path.split("/") if code]
    calls = Call.objects.visible_to(PUBLIC).filter(region__in=above or [target.region_id]).select_related("region")
    nearest = max(calls, key=lambda call: (len(call.region.path), call.pk), default=None)
    if nearest is not None:
        office = nearest.contact_office_en if english else ""
        return office or nearest.contact_office, nearest.contact_phone
    region = _name(target.region, english=english)
    return (f"Investment promotion office, {region}" if english else f"{region}招商部门"), ""


def _parcel(number: int, one: Offered, *, english: bool, site: str) -> Context:
    region = Region.objects.filter(adcode=one.region).first()
    return {
        "number": number,
        "code": one.code,
        "name": one.name or one.code,
        "region": _name(region, english=english) if region else "",
        "area": sentence(one.area_mu, "mu", english=english),
        "figures": [sentence(value, catalogue()[code].unit, english=english) for code, value in one.figures.items()],
        "qr": qr(f"{site}/land/parcels/{one.code}"),
    }


def _figure_names(parcels: list[Offered], *, english: bool) -> list[str]:
    codes = parcels[0].figures if parcels else {}
    return [catalogue()[code].en if english else catalogue()[code].zh for code in codes]


def _map(parcels: list[Offered], *, english: bool) -> str:
    """The three with the ground between them, numbered as in the table."""
    box = around([(one.lng, one.lat) for one in parcels], least_km=LEAST_MAP_KM, margin=0.3)
    marks = [
        Place(one.lng, one.lat, "square", COLOURS[at % len(COLOURS)], 1.7, str(at + 1))
        for at, one in enumerate(parcels)
    ]
    return map_svg(box, MAP, marks, english=english, alt="Parcels" if english else "宗地位置")


def _name(region: Region, *, english: bool) -> str:
    return region.name_en or region.name if english else region.name


def _spoken(english: bool) -> Any:  # Words to str
    return lambda words: words.en if english else words.zh
