"""Questions about projects; each answer is a queryset, so they chain."""

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.rights import Person, may_see_staff_data

if TYPE_CHECKING:
    from siting.models import Project  # noqa: F401


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: Person) -> Self:
        """Who wants to build what is for staff."""
        return self if may_see_staff_data(user) else self.none()

    def committed(self) -> Self:
        """Those that draw on supplies: committed, with a place."""
        return self.filter(status="committed", place__isnull=False)
