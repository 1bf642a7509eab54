"""What became of land: assessments of parks, checklists of parcels, and what firms promised for the parcels they got."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from accounts.models import User
from democity.firms import Firm
from democity.parcels import TODAY, Parcel
from democity.parks import Park
from democity.randomness import stream
from democity.rows import Row, park_regions
from fulfilment.commitments.milestones import add_months
from fulfilment.commitments.verifying import judge_measurement, record_measurement
from fulfilment.models import Commitment, Verification
from fulfilment.readiness.checklist import ASSESSMENTS, ITEMS

ASSESSED = "region assessment state done_on expires reference"
CHECKED = "parcel item state done_on expires reference note"
PROMISED = ("investment_intensity_min", "tax_per_mu_min", "output_per_mu_min", "energy_per_value_added_max")
COMMITTED = (
    "parcel uscc grant_number grant_date supervision_number supervision_date hand_over start_months started_on "
    f"completed_on {' '.join(PROMISED)}"
)
MEASURED = ("investment_intensity_min", "building_coefficient_min", "far_min")
"""What can be measured once a factory stands."""
START_MONTHS = 6
SHARE_OF_PARKS, SHARE_OF_PARCELS = 0.65, 1 / 3


def assess_parks(seed: int, parks: list[Park]) -> Iterator[Row]:
    """Two parks in three hold area assessments, of these two in five all ten; a few ran out in the meantime."""
    rng = stream(seed, "assessments")
    holders = _holders(seed, parks)
    for park, (properties, _) in zip(parks, park_regions(parks), strict=True):
        if park.code not in holders:
            continue
        thorough = rng.random() < 0.4
        diligence = 1.0 if thorough else rng.uniform(0.55, 0.95)
        for number, code in enumerate(ASSESSMENTS, 1):
            chance = rng.random()
            done = TODAY - timedelta(days=int(rng.integers(120, 1500 if thorough else 1900)))
            if chance < diligence:
                paper = f"{park.name}区评〔{done.year}〕{number} 号（演示）"
                yield properties["adcode"], code, "done", done, add_months(done, 60), paper
            elif chance < diligence + 0.15:
                yield properties["adcode"], code, "under_way", "", "", ""


def _holders(seed: int, parks: list[Park]) -> frozenset[str]:
    rng = stream(seed, "holders of assessments")
    return frozenset(park.code for park in parks if rng.random() < SHARE_OF_PARKS)


def check_parcels(seed: int, parks: list[Park], parcels: list[Parcel]) -> Iterator[Row]:
    """A third of the parcels have a checklist of their own; where the park holds no assessments, with these too."""
    rng = stream(seed, "readiness")
    holders = _holders(seed, parks)
    for parcel in parcels:
        if rng.random() > SHARE_OF_PARCELS:
            continue
        level = parcel.columns["services_level"]
        settled = parcel.columns["status"] in ("published", "reserved", "transferred")
        diligence = 1.0 if rng.random() < (0.5 if settled else 0.15) else rng.uniform(0.6, 0.95)
        for number, (code, item) in enumerate(ITEMS.items(), 1):
            spared = isinstance(level, int) and item.from_level > level
            if not spared and (item.group != "assessments" or parcel.park not in holders):
                yield _item(rng, str(parcel.columns["code"]), code, number, diligence)


def _item(rng: Generator, parcel: str, code: str, number: int, diligence: float) -> Row:
    if rng.random() < diligence:
        done = TODAY - timedelta(days=int(rng.integers(10, 500)))
        expires = add_months(done, 24) if ITEMS[code].group == "papers" else ""
        return parcel, code, "done", done, expires, f"备〔{done.year}〕{parcel[-8:]}-{number:02d}（演示）", ""
    if rng.random() < 0.7:
        ready = TODAY + timedelta(days=int(rng.integers(10, 90)))
        return parcel, code, "under_way", "", "", "", f"计划 {ready.isoformat()} 前办结（演示）"
    return parcel, code, "missing", "", "", "", ""


def commit_firms(seed: int, parcels: list[Parcel], firms: list[Firm]) -> Iterator[Row]:
    """Every transferred parcel went to a firm of an industry that it admits, for a few of which nobody entered the firm."""
    rng = stream(seed, "commitments")
    local: dict[str, list[Firm]] = {}
    for one in firms:
        if one.in_city:
            local.setdefault(one.industry[:2], []).append(one)
    taken: set[str] = set()
    for number, parcel in enumerate((one for one in parcels if one.columns["status"] == "transferred"), 1):
        admitted = tuple(filter(None, str(parcel.columns["admits"]).split(";")))
        firm = _buyer(rng, admitted, local, taken) if rng.random() > 0.03 else None
        granted = date.fromisoformat(str(parcel.columns["bid_deadline"])) + timedelta(days=int(rng.integers(8, 20)))
        handed = granted + timedelta(days=int(rng.integers(10, 45)))
        started, completed = _progress(rng, handed)
        yield (
            parcel.columns["code"], firm.uscc if firm else "",
            f"青自然资出让〔{granted.year}〕{number:03d} 号（演示）", granted,
            f"青履约监管〔{granted.year}〕{number:03d} 号（演示）", granted,
            handed if handed <= TODAY else "", START_MONTHS, started or "", completed or "",
            *(_promised(rng, parcel.columns, code) for code in PROMISED),
        )  # fmt: skip


def _buyer(rng: Generator, admitted: tuple[str, ...], firms: dict[str, list[Firm]], taken: set[str]) -> Firm:
    """Each firm once, of an admitted industry where there is one."""
    fitting = [firm for division in admitted for firm in firms.get(division[:2], ())]
    choices = fitting or [firm for group in firms.values() for firm in group]
    start = int(rng.integers(len(choices)))
    chosen = next((one for one in choices[start:] + choices[:start] if one.uscc not in taken), choices[start])
    taken.add(chosen.uscc)
    return chosen


def _progress(rng: Generator, handed: date) -> tuple[date | None, date | None]:
    """Most start in time, some late, a few not yet; who builds a simple hall is done within the year."""
    started = handed + timedelta(days=int(np.clip(rng.normal(110, 55), 20, 330)))
    if started > TODAY or rng.random() < 0.06:
        return None, None
    completed = started + timedelta(days=int(rng.integers(120, 420)))
    return started, completed if completed <= TODAY and rng.random() < 0.7 else None


def _promised(rng: Generator, columns: Mapping[str, object], code: str) -> object:
    """At the threshold or somewhat better; "" leaves the parcel's own."""
    asked = columns.get(code)
    if not isinstance(asked, int | float) or rng.random() < 0.5:
        return ""
    better = 1 + rng.uniform(0.02, 0.2)
    return round(asked / better if code.endswith("_max") else asked * better, 2)


def measure_completed(seed: int) -> int:
    """What stands is measured by one of the demo's people and judged by another; one in four falls short."""
    people = {user.username: user for user in User.objects.filter(username__in=("demo-land", "demo-reviewer"))}
    if len(people) < 2 or Verification.objects.exists():
        return 0
    rng = stream(seed, "measurements")
    standing = Commitment.objects.filter(
        source__synthetic=True, milestones__name="completion", milestones__met_on__isnull=False
    )
    made = 0
    for commitment in standing.with_parcel().order_by("pk"):
        completed = commitment.milestones.get(name="completion").met_on
        for promise in commitment.promises.filter(indicator__in=MEASURED).order_by("pk"):
            short = rng.random() < 0.25
            value = round(promise.committed * (rng.uniform(0.78, 0.97) if short else rng.uniform(1.0, 1.12)), 2)
            measured_on = min(TODAY, (completed or TODAY) + timedelta(days=int(rng.integers(5, 40))))
            found = record_measurement(
                commitment=commitment,
                indicator=promise.indicator,
                phase="completion",
                value=value,
                measured_on=measured_on,
                reference="竣工核验表（演示）",
                note="",
                by=people["demo-land"],
            )
            made += 1
            if rng.random() < 0.15:
                continue  # waits to be judged
            period = (
                add_months(measured_on, int(rng.choice([1, 6, 12]))) if short and value < promise.committed else None
            )
            judge_measurement(
                verification=found,
                verdict="confirmed",
                judgement="现场核验属实（演示）",
                rectify_until=period,
                by=people["demo-reviewer"],
            )
    return made
