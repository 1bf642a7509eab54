"""Where all commitments stand together: by state, and how many measured promises are met of how many."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from fulfilment.commitments.answers import tally
from fulfilment.commitments.milestones import STANDINGS
from fulfilment.commitments.terms import promisable
from fulfilment.models import Promise, Verification
from fulfilment.querysets import CommitmentQuerySet

Json = dict[str, Any]  # Any: what JSON holds


def summary(commitments: CommitmentQuerySet, today: date) -> Json:
    """`rate` (达标率) is of promises with a confirmed measurement, at the latest moment measured; null without any."""
    rows = commitments.with_next_due()
    states = {state: rows.in_state(state, today).order_by().count() for state in STANDINGS}
    promises = Promise.objects.filter(commitment__in=commitments.order_by())
    verifications = Verification.objects.order_by("measured_on", "pk")
    measured = promises.filter(Exists(Verification.objects.filter(promise=OuterRef("pk"))))
    found = tally(measured.prefetch_related(Prefetch("verifications", verifications)), promisable(), today)
    results = {"promised": promises.count(), **found}
    return {
        "commitments": sum(states.values()),
        "states": states,
        "results": results,
        "rate": results["met"] / results["measured"] if results["measured"] else None,
        "without_firm": commitments.filter(enterprise=None).count(),
    }
