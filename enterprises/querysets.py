"""Questions about firms; each answer is a queryset, so they chain."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max, Q

from accounts.rights import Person, may_see_staff_data
from geo.models import Region

if TYPE_CHECKING:
    from enterprises.models import Enterprise, EnterpriseYear, Signal, SupplyTie  # noqa: F401


def _starting_with(prefixes: Iterable[str]) -> Q | None:
    conditions = [Q(industry__startswith=prefix) for prefix in prefixes]
    return reduce(or_, conditions) if conditions else None


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, user: Person) -> Self:
        """Names of unlisted firms are for staff; staff of any region see all, for chains and targets cross borders."""
        return self if may_see_staff_data(user) else self.filter(listed=True)

    def in_city(self) -> Self:
        """Inside the outline of the deployment's root regions; a firm without a place is outside."""
        return self.filter(in_city=True)

    def outside(self) -> Self:
        return self.filter(in_city=False)

    def of_industry(self, prefixes: Iterable[str], but: Iterable[str] = ()) -> Self:
        """Whose GB/T 4754 code starts with one of these and with none of `but`; a shorter code than the prefix is not meant."""
        held, ceded = _starting_with(prefixes), _starting_with(but)
        if held is None:
            return self.none()
        return self.filter(held) if ceded is None else self.filter(held & ~ceded)

    def within_region(self, adcode: str) -> Self:
        """In the region or any below it."""
        return self.filter(region__in=Region.objects.subtree(adcode))


class EnterpriseYearQuerySet(models.QuerySet["EnterpriseYear"]):
    def visible_to(self, user: Person) -> Self:
        """Money and jobs are for staff, of listed firms too."""
        return self if may_see_staff_data(user) else self.none()

    def newest_year(self) -> int | None:
        """The newest year loaded; None without any."""
        newest: int | None = self.aggregate(newest=Max("year"))["newest"]
        return newest


class SupplyTieQuerySet(models.QuerySet["SupplyTie"]):
    def visible_to(self, user: Person) -> Self:
        """Who buys from whom is for staff."""
        return self if may_see_staff_data(user) else self.none()


class SignalQuerySet(models.QuerySet["Signal"]):
    def visible_to(self, user: Person) -> Self:
        """What was heard of firms is for staff."""
        return self if may_see_staff_data(user) else self.none()
