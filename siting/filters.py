"""The filters of the list of projects, which are its tile layer's too."""

import django_filters

from geo.filters import PlaceFilterSet
from siting.models import Project


class ProjectFilterSet(PlaceFilterSet):
    status = django_filters.ChoiceFilter(choices=Project.Status.choices)
    node = django_filters.CharFilter(lookup_expr="startswith", help_text="chain/node, or chain alone")
    text_fields = ("name", "code")

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()
