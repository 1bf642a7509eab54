"""A printed card against what holds today: what it said is shown only as far as the one who asks may see it now."""

import json
import re
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.rights import Person
from geo.errors import NotThere
from geo.words import say
from landparcels.card.content import TERMS, content_of, sm3
from landparcels.card.models import IssuedCard
from landparcels.card.wording import TERM_WORDS, spoken, term_words, value_words
from landparcels.indicators import indicators_for
from landparcels.indicators.field import GROUP_WORDS
from landparcels.models import Parcel

Json = dict[str, Any]  # Any: what JSON holds
NOT_ISSUED = say(zh="这张卡片不是在这里签发的。", en="This card was not issued here.")


def typed(text: str) -> str:
    """A code or a hash as a person types it: blanks, hyphens and capitals do not matter."""
    return re.sub(r"[\s\-·.]", "", text).lower()


def verify(text: str, person: Person, *, english: bool) -> Json:
    """Authentic, of what day, and whether today's values are those printed. Raises NotThere for a card that is not ours."""
    code = typed(text)
    card = IssuedCard.objects.visible_to(person).named(code).first() if re.fullmatch(r"[0-9a-f]{16,64}", code) else None
    if card is None or sm3(card.content) != card.digest:
        raise NotThere(NOT_ISSUED)
    answer = {
        "code": card.code,
        "digest": card.digest,
        "language": card.language,
        "issued_on": timezone.localdate(card.issued_at),
        "shown_on": json.loads(card.content).get("shown_on"),
    }
    parcel = Parcel.objects.visible_to(person).filter(code=card.parcel)
    found = parcel.select_related("region", "source").defer("region__outline", "region__web").with_shape().first()
    if found is None:
        return {**answer, "state": "withdrawn", "parcel": None, "changed": 0, "outline_changed": False, "rows": []}
    today = timezone.localdate()
    printed = json.loads(card.content)
    now = content_of(found, person, english=english, on=today)
    rows = _terms(printed, now, english=english) + _indicators(printed, now, person, today, english=english)
    moved = bool(printed["outline"] != now["outline"])
    changed = sum(row["changed"] for row in rows)
    return {
        **answer,
        "state": "changed" if changed or moved else "current",
        "parcel": {"code": found.code, "name": found.name, "synthetic": now["synthetic"]},
        "changed": changed,
        "outline_changed": moved,
        "rows": rows,
    }


def _terms(printed: Json, now: Json, *, english: bool) -> list[Json]:
    return [
        {
            "key": name,
            "group": "",
            "name": spoken(TERM_WORDS[name], english=english),
            "printed": term_words(name, printed["terms"].get(name), english=english),
            "today": term_words(name, now["terms"][name], english=english),
            "changed": printed["terms"].get(name) != now["terms"][name],
            "until": None,
            "expired": False,
        }
        for name in TERMS
        if printed["terms"].get(name) not in (None, "", []) or now["terms"][name] not in (None, "", [])
    ]


def _indicators(printed: Json, now: Json, person: Person, today: date, *, english: bool) -> list[Json]:
    """Those that this person may see today; what only staff may see is not even named."""
    rows = []
    for code, indicator in indicators_for(person).items():
        before, after = printed["indicators"].get(code), now["indicators"].get(code)
        if after is None or (before is None and after["value"] is None):
            continue
        was = before or {"value": None, "unit": after["unit"], "until": None}
        if was["value"] is None and after["value"] is None:
            continue
        rows.append(
            {
                "key": code,
                "group": spoken(GROUP_WORDS[indicator.group], english=english),
                "name": indicator.en if english else indicator.zh,
                "printed": value_words(code, was["value"], was["unit"], english=english),
                "today": value_words(code, after["value"], after["unit"], english=english),
                "changed": (was["value"], was["unit"]) != (after["value"], after["unit"]),
                "until": was["until"],
                "expired": was["until"] is not None and was["until"] < today.isoformat(),
            }
        )
    return rows
