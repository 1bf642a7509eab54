"""One parcel with the origin of each figure: who says so, of what day, from which place (METHODS 5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from accounts.rights import Person, may_see_staff_data
from geo.categories import FACILITY_CATEGORIES
from geo.models import GridLayer, Source
from landparcels.by_road import add_ways
from landparcels.citing import source_behind
from landparcels.computed import CAPACITIES, LABOUR, LABOUR_KM, LABOUR_LAYER, NEAREST, RESIDUALS, Places, in_reach
from landparcels.evidence import evidence_of
from landparcels.indicators import indicators_for
from landparcels.indicators.own import Indicator, OwnValue
from landparcels.models import Parcel
from landparcels.power import HIGH_VOLTAGE_KV, LARGE_NEED_MVA, POWER, around, voltage_here
from landparcels.regional import Inherited, ended, inherited
from landparcels.serializers import values_of
from landparcels.surroundings import Ground, Supplier, ground

Json = dict[str, Any]  # Any: what JSON holds


def indicators_of(parcel: Parcel, person: Person, *, on: date | None = None) -> dict[str, Json]:
    """Every indicator as value, unit, origin, source and date, with what it was worked out from where it was."""
    point = np.array([parcel.label_point.x, parcel.label_point.y])
    day = on or timezone.localdate()
    regional, ended = _regional(parcel, day)
    there = ground.get()
    workforce = GridLayer.objects.filter(code=LABOUR_LAYER).select_related("source").first()
    behind = _sources(parcel)
    details: dict[str, Json] = {}
    known = indicators_for(person)
    for code, value in values_of(parcel, known).items():
        field = known[code]
        detail = _base(field, value)
        if field.origin == "regional":
            detail |= _inherited(regional.get(code), ended.get(code))
        elif code in NEAREST:
            detail |= _nearest(there, NEAREST[code], point, person)
        elif code in RESIDUALS:
            detail |= _capacity(code, there.residuals(RESIDUALS[code]), there, RESIDUALS[code], point, person)
        elif code in CAPACITIES:
            detail |= _capacity(code, there.any_of(CAPACITIES[code]), there, CAPACITIES[code], point, person)
        elif code == LABOUR:
            source = workforce.source if workforce else None
            detail |= {"reach_km": LABOUR_KM, **_cited(source)}
        else:
            detail |= _cited(behind[source_behind(parcel.cited, code, parcel.source_id)]) | _evidenced(
                parcel, field, day
            )
        if code == POWER:
            detail |= _by_voltage(parcel)
        details[code] = detail
    add_ways(details, point)
    return details


def _base(field: Indicator, value: OwnValue | None) -> Json:
    return {
        "value": value,
        "unit": field.unit,
        "origin": field.origin,
        "source": None,
        "as_of": None,
        "department_zh": field.department,
        "department_en": field.department_en,
        "legal_basis_zh": field.legal_basis.zh,
        "legal_basis_en": field.legal_basis.en,
        "synthetic": False,
        "expired": False,
    }


def _evidenced(parcel: Parcel, field: Indicator, day: date) -> Json:
    """What the parcel's evidence says beside its source: the day, until when, which paper, which department."""
    told = evidence_of(parcel.evidence, field)
    detail: Json = {"expired": told.is_expired(day)}
    if told.as_of:
        detail["as_of"] = told.as_of
    if told.expires:
        detail["valid_to"] = told.expires
    if told.reference:
        detail["reference"] = told.reference
    if told.department:
        detail |= {"department_zh": told.department, "department_en": told.department}
    return detail


def _cited(source: Any) -> Json:  # Any: geo.models.Source or None
    if source is None:
        return {}
    return {"source": source.name, "as_of": source.as_of, "synthetic": source.synthetic}


def _sources(parcel: Parcel) -> Mapping[int | None, Source | None]:
    """Those that the parcel cites, by id; None where one is no longer known."""
    ids = {one for one in parcel.cited.values() if one is not None and one != parcel.source_id}
    found: dict[int | None, Source | None] = dict.fromkeys((None, *ids))
    found |= Source.objects.defer("report").in_bulk(ids) if ids else {}
    return {**found, parcel.source_id: parcel.source}


def _regional(parcel: Parcel, on: date) -> tuple[Mapping[str, Inherited], Mapping[str, date]]:
    """What holds on the day, and the last day of what held before and was not renewed."""
    if parcel.region is None:
        return {}, {}
    adcode, path = parcel.region.adcode, parcel.region.path
    return inherited({adcode: path}, on)[adcode], ended(path, on)


def _inherited(found: Inherited | None, last_day: date | None) -> Json:
    """What ran out is not told any more, even while the calendar that clears it is an hour behind."""
    if found is None:
        return {"value": None, "valid_to": last_day, "expired": True} if last_day else {}
    return {
        "value": found.value,
        "source": found.reference or found.source or None,
        "as_of": found.valid_from,
        "valid_to": found.valid_to,
        "region": found.region,
        "region_name": found.region_name,
        "region_name_en": found.region_name_en,
        "synthetic": found.synthetic,
    }


def _nearest(around: Ground, category: str, point: np.ndarray, person: Person) -> Json:
    """Which one it is, and that the distance is a straight line (`add_ways` says the road beside it); a utility's name and
    place are for staff."""
    suppliers = around.suppliers[category]
    detail: Json = {"distance": "straight_line"}
    if not suppliers:
        return detail
    at = int(in_reach(point, around.any_of(category), None)[0][0])
    nearest = suppliers[at]
    detail |= _of_supplier(nearest)
    if _may_be_named(category, person):
        lng, lat = around.lonlat(category)[at]
        detail["facility"] = {**_named(nearest), "category": category, "lng": float(lng), "lat": float(lat)}
    return detail


def _capacity(indicator: str, places: Places, around: Ground, category: str, point: np.ndarray, person: Person) -> Json:
    """The sum in reach, the largest and the second beside it (双电源), how many there are; names only for who may know."""
    reach = FACILITY_CATEGORIES[category].catchment_km
    chosen, distance = in_reach(point, places, reach)
    amounts = places.amount[chosen]
    suppliers = [around.suppliers[category][at] for at in chosen.tolist()]
    known = [amount for amount in amounts.tolist() if amount == amount]
    unsaid = not len(places) or bool(suppliers and not known)  # none loaded, or nobody knows of those in reach
    detail: Json = {
        "distance": "straight_line",
        "reach_km": reach,
        "sources": len(suppliers),
        "sources_unknown": len(suppliers) - len(known),
        "total": None if unsaid else sum(known),
        **(_of_supplier(_best(suppliers, amounts)) if suppliers else {}),
    }
    if indicator == POWER:
        order = np.argsort(-np.nan_to_num(amounts, nan=-1.0), kind="stable")[:2]
        best = [{"amount": _or_none(amounts[at]), "voltage_kv": suppliers[at].voltage_kv} for at in order.tolist()]
        detail |= {"largest": best[0] if best else None, "second": best[1] if len(best) > 1 else None}
    if _may_be_named(category, person):
        detail["facilities"] = [
            {**_named(one), "km": float(km)}
            | (
                {"amount": _or_none(amount), "voltage_kv": one.voltage_kv, "as_of": one.as_of}
                if may_see_staff_data(person)
                else {}
            )
            for one, km, amount in zip(suppliers, distance, amounts, strict=True)
        ]
    return detail


def _by_voltage(parcel: Parcel) -> Json:
    """What a need above 20 MVA finds here, from the figures that the match reads."""
    told = voltage_here(*around(parcel))
    return {
        "above_mva_needs_kv": [LARGE_NEED_MVA, HIGH_VOLTAGE_KV],
        "high_voltage": parcel.power_high_voltage,
        "unknown_voltage": parcel.power_unknown_voltage,
        "voltage": told.as_json() if told else None,
    }


def _best(suppliers: list[Supplier], amounts: np.ndarray) -> Supplier:
    return suppliers[int(np.argmax(np.nan_to_num(amounts, nan=-1.0)))]


def _of_supplier(one: Supplier) -> Json:
    return {"source": one.source, "as_of": one.as_of or one.loaded_on, "synthetic": bool(one.synthetic)}


def _named(one: Supplier) -> Json:
    return {"name": one.name, "name_en": one.name_en, "approximate": one.approximate}


def _may_be_named(category: str, person: Person) -> bool:
    return may_see_staff_data(person) or FACILITY_CATEGORIES[category].group in settings.PUBLIC_FACILITY_GROUPS


def _or_none(value: float) -> float | None:
    return None if value != value else float(value)
