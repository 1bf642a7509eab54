"""The filters of the list of targets, which are its export's too."""

import django_filters
from django.utils import timezone

from geo.filters import PlaceFilterSet
from promotion.models import Target
from promotion.querysets import TargetQuerySet


class TargetFilterSet(PlaceFilterSet):
    """`region`: in its subtree; `chain` and `node` (chain/node); `owner`: a username; `due_by`: next action on or before."""

    bbox = None
    state = django_filters.MultipleChoiceFilter(choices=Target.State.choices)
    chain = django_filters.CharFilter(method="of_chain")
    node = django_filters.CharFilter(field_name="node")
    owner = django_filters.CharFilter(field_name="owner__username")
    overdue = django_filters.ChoiceFilter(choices=[("true", "true"), ("false", "false")], method="is_overdue")
    due_by = django_filters.DateFilter(field_name="next_action_on", lookup_expr="lte")
    region_field = "region"
    text_fields = ("enterprise__name", "enterprise__uscc", "enterprise__hq_region")

    class Meta:
        model = Target
        fields: tuple[str, ...] = ()

    def of_chain(self, rows: TargetQuerySet, name: str, code: str) -> TargetQuerySet:
        return rows.filter(node__startswith=f"{code}/")

    def is_overdue(self, rows: TargetQuerySet, name: str, answer: str) -> TargetQuerySet:
        now = timezone.now()
        return rows.overdue(now) if answer == "true" else rows.not_overdue(now)
