"""The filters of the list of commitments, which are its summary's and its export's too."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from fulfilment.commitments.milestones import STANDINGS
from fulfilment.models import Commitment
from geo.errors import BadParameter
from geo.filters import PlaceFilterSet


class CommitmentFilterSet(PlaceFilterSet):
    """`region` is a subtree; `state` one or several of overdue, due_soon, on_time, unscheduled, fulfilled."""

    place_field = "parcel__label_point"
    region_field = "parcel__region"
    text_fields = ("parcel__code", "parcel__name", "enterprise__name", "enterprise__uscc", "grant_number")

    parcel = django_filters.CharFilter(field_name="parcel__code")
    state = django_filters.CharFilter(method="in_states")
    overdue = django_filters.CharFilter(method="which_are_overdue")
    ended = django_filters.CharFilter(method="which_ended")

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = ()

    def in_states(self, rows: QuerySet[Commitment], name: str, text: str) -> QuerySet[Commitment]:
        asked = text.split(",")
        for state in asked:
            if state not in STANDINGS:
                known = ", ".join(STANDINGS)
                raise BadParameter(
                    "state", zh=f"没有状态“{state}”；可用：{known}。", en=f"There is no state {state}; known: {known}."
                )
        today = timezone.localdate()
        found = Commitment.objects.with_next_due()
        chosen = [found.in_state(state, today).values("pk") for state in asked]
        return rows.filter(pk__in=chosen[0].union(*chosen[1:]) if len(chosen) > 1 else chosen[0])

    def which_are_overdue(self, rows: QuerySet[Commitment], name: str, text: str) -> QuerySet[Commitment]:
        overdue = Commitment.objects.with_next_due().in_state("overdue", timezone.localdate()).values("pk")
        return rows.filter(pk__in=overdue) if _flag(name, text) else rows.exclude(pk__in=overdue)

    def which_ended(self, rows: QuerySet[Commitment], name: str, text: str) -> QuerySet[Commitment]:
        return rows.filter(ended_on__isnull=not _flag(name, text))


def _flag(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise BadParameter(name, zh=f"{name} 只能是 true 或 false。", en=f"{name} is true or false.")
    return text == "true"


FILTERS: frozenset[str] = frozenset(CommitmentFilterSet.base_filters)


def filtered(rows: Any, query: Any) -> Any:  # Any: the library's, a queryset of commitments in and out
    """Running ones, unless `ended` says otherwise."""
    asked = {name: query[name] for name in FILTERS & set(query)}
    return CommitmentFilterSet({"ended": "false", **asked}, queryset=rows).checked
