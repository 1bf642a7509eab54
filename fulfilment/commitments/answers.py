"""Commitments as they go out: how each stands today, and what was measured against what was promised."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.rights import Person, may_follow_up, may_verify
from fulfilment.commitments.milestones import NAMES, State, standing_of, state_of
from fulfilment.commitments.terms import promisable
from fulfilment.commitments.verifying import result_of
from fulfilment.models import Commitment, Milestone, Promise, Verification
from fulfilment.querysets import HEAVY, CommitmentQuerySet
from landparcels.indicators.own import Indicator

Json = dict[str, Any]  # Any: what JSON holds
Indicators = Mapping[str, Indicator]


def read(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    """With all that an answer needs, in a fixed number of queries."""
    return _read(rows).prefetch_related(Prefetch("promises__verifications", _history()))


def read_rows(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    """For the list, whose lines tell only of promises that somebody measured."""
    measured = Promise.objects.filter(Exists(Verification.objects.filter(promise=OuterRef("pk"))))
    return _read(rows).prefetch_related(Prefetch("promises", measured), Prefetch("promises__verifications", _history()))


def _read(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    return (
        rows.with_next_due()
        .with_promised()
        .with_parcel()
        .select_related("enterprise", "source")
        .defer(*HEAVY, "enterprise__place", "enterprise__web", "source__report")
        .prefetch_related("milestones")
    )


def _history() -> QuerySet[Verification]:
    return Verification.objects.select_related("recorded_by", "judged_by").order_by("measured_on", "pk")


def row(commitment: Commitment, today: date, indicators: Indicators) -> Json:
    """A line of the list. Wants `read()` or `read_rows()`."""
    milestones = milestones_of(commitment, today)
    states = [cast(State, one["state"]) for one in milestones]
    unmet = [one for one in milestones if one["met_on"] is None and one["due"] is not None]
    following = min(unmet, key=lambda one: one["due"], default=None)
    parcel, region = commitment.parcel, commitment.parcel.region
    promised: int = commitment.promised  # type: ignore[attr-defined]  # annotated by with_promised()
    return {
        "id": commitment.pk,
        "parcel": parcel.code,
        "parcel_name": parcel.name,
        "region": region.adcode if region else None,
        "region_name": region.name if region else None,
        "region_name_en": region.name_en if region else None,
        "uscc": commitment.enterprise.uscc if commitment.enterprise else None,
        "firm": commitment.enterprise.name if commitment.enterprise else None,
        "state": standing_of(states),
        "next_milestone": following["name"] if following else None,
        "next_due": following["due"] if following else None,
        "hand_over": commitment.hand_over,
        "ended_on": commitment.ended_on,
        "milestones": milestones,
        "results": {"promised": promised, **tally(commitment.promises.all(), indicators, today)},
        "synthetic": bool(commitment.source and commitment.source.synthetic),
    }


def milestones_of(commitment: Commitment, today: date) -> list[Json]:
    found: dict[str, Milestone] = {one.name: one for one in commitment.milestones.all()}
    return [
        {
            "name": name,
            "due": found[name].due,
            "met_on": found[name].met_on,
            "state": state_of(found[name].due, found[name].met_on, today),
            "days": (found[name].due - today).days if found[name].due else None,  # type: ignore[operator]  # just asked
            "reference": found[name].reference,
        }
        for name in NAMES
        if name in found
    ]


def whole(commitment: Commitment, today: date, person: Person) -> Json:
    """One commitment with its contracts, promises and the history of each. Wants `read()`."""
    indicators = promisable()
    editable = may_follow_up(person)
    return {
        **row(commitment, today, indicators),
        **{
            name: getattr(commitment, name)
            for name in (
                *("grant_number", "grant_date", "grant_reference"),
                *("supervision_number", "supervision_date", "supervision_reference"),
                *("start_months", "construction_months", "ramp_up_months", "note", "revision"),
            )
        },
        "promises": [
            promise_shown(one, indicators.get(one.indicator), today, person)
            for one in ordered(commitment.promises.all(), indicators)
        ],
        "editable": editable,
    }


def ordered(promises: Iterable[Promise], indicators: Indicators) -> Sequence[Promise]:
    """In the order of the catalogue."""
    places = {code: place for place, code in enumerate(indicators)}
    return sorted(promises, key=lambda one: (places.get(one.indicator, len(places)), one.indicator))


def promise_shown(promise: Promise, indicator: Indicator | None, today: date, person: Person) -> Json:
    history = list(promise.verifications.all())
    return {
        "indicator": promise.indicator,
        "name_zh": indicator.zh if indicator else promise.indicator,
        "name_en": indicator.en if indicator else promise.indicator,
        "unit": indicator.unit if indicator else "1",
        "bound": indicator.bound if indicator else "at_least",
        "committed": promise.committed,
        "threshold": promise.threshold,
        "below_threshold": promise.threshold is not None and not result_of_threshold(promise, indicator),
        "department": promise.department,
        **{
            phase: standing_shown(history, phase, promise, indicator, today)
            for phase in ("completion", "full_production")
        },
        "history": [verification_shown(one, promise, indicator, today, person) for one in reversed(history)],
    }


def result_of_threshold(promise: Promise, indicator: Indicator | None) -> bool:
    """Whether the committed value itself keeps the parcel's threshold."""
    asked = Promise(committed=promise.threshold if promise.threshold is not None else promise.committed)
    return result_of(asked, promise.committed, indicator).met


def latest(history: Iterable[Verification], phase: str) -> Verification | None:
    """The measurement that counts: the newest confirmed one, else the newest that waits to be judged."""
    of_phase = [one for one in history if one.phase == phase and one.verdict != Verification.Verdict.RETURNED]
    confirmed = [one for one in of_phase if one.verdict is not None]
    return (confirmed or of_phase or [None])[-1]  # type: ignore[list-item]  # nothing measured


def standing_shown(
    history: list[Verification], phase: str, promise: Promise, indicator: Indicator | None, today: date
) -> Json | None:
    """How a promise stands at one of the two moments; None where nothing was measured."""
    found = latest(history, phase)
    return None if found is None else _measured(found, promise, indicator, today)


def verification_shown(
    one: Verification, promise: Promise, indicator: Indicator | None, today: date, person: Person
) -> Json:
    return {
        "id": one.pk,
        "phase": one.phase,
        **_measured(one, promise, indicator, today),
        "reference": one.reference,
        "note": one.note,
        "recorded_by": str(one.recorded_by),
        "recorded_at": one.recorded_at,
        "verdict": one.verdict,
        "judged_by": str(one.judged_by) if one.judged_by else None,
        "judged_at": one.judged_at,
        "judgement": one.judgement,
        "may_judge": one.verdict is None and may_verify(person) and one.recorded_by_id != person.pk,
    }


def _measured(one: Verification, promise: Promise, indicator: Indicator | None, today: date) -> Json:
    result = result_of(promise, one.value, indicator)
    outcome = {None: "waiting", "returned": "returned"}.get(one.verdict) or result.outcome(one.rectify_until, today)
    return {
        "value": one.value,
        "measured_on": one.measured_on,
        "outcome": outcome,
        "shortfall": result.shortfall,
        "short_by": result.short_by,
        "rectify_until": one.rectify_until,
    }


def tally(promises: Iterable[Promise], indicators: Indicators, today: date) -> Json:
    """How many of these promises were measured and confirmed, at the latest moment, and how many of them are met."""
    counts = {"measured": 0, "met": 0, "waiting": 0, "rectifying": 0}
    for promise in promises:
        history = list(promise.verifications.all())
        indicator = indicators.get(promise.indicator)
        counts["waiting"] += any(one.verdict is None for one in history)
        confirmed = [one for one in history if one.verdict == Verification.Verdict.CONFIRMED]
        if not confirmed:
            continue
        last = max(confirmed, key=lambda one: (one.phase == "full_production", one.measured_on, one.pk))
        outcome = result_of(promise, last.value, indicator).outcome(last.rectify_until, today)
        counts["measured"] += 1
        counts["met"] += outcome == "met"
        counts["rectifying"] += outcome == "rectifying"
    return counts
