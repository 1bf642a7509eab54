"""Questions about chains; each answer is a queryset, so they chain."""

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.rights import Person, may_see_staff_data
from enterprises.models import Enterprise

if TYPE_CHECKING:
    from chains.models import Chain, ChainEdge, ChainHealth, ChainNode, EnterpriseNode, ThresholdSet  # noqa: F401


class ChainQuerySet(models.QuerySet["Chain"]):
    def visible_to(self, user: Person) -> Self:
        """Structure is public; figures of money are not, and the serializers leave them out."""
        return self

    def in_use(self) -> Self:
        """With nodes: an import taken back leaves the name of its chain behind."""
        return self.filter(nodes__isnull=False).distinct()


class ChainNodeQuerySet(models.QuerySet["ChainNode"]):
    def visible_to(self, user: Person) -> Self:
        return self

    def leaves(self) -> Self:
        return self.filter(children=None)

    def at_or_below(self, node: "ChainNode") -> Self:
        """The node and all nodes below it in the tree of parents."""
        found, above = {node.pk}, {node.pk}
        while above:
            above = set(self.filter(parent__in=above).values_list("pk", flat=True)) - found
            found |= above
        return self.filter(pk__in=found)


class ChainEdgeQuerySet(models.QuerySet["ChainEdge"]):
    def visible_to(self, user: Person) -> Self:
        return self


class EnterpriseNodeQuerySet(models.QuerySet["EnterpriseNode"]):
    def visible_to(self, user: Person) -> Self:
        """What an enterprise makes may be seen by those who may see the enterprise."""
        if may_see_staff_data(user):
            return self
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class ThresholdSetQuerySet(models.QuerySet["ThresholdSet"]):
    def visible_to(self, user: Person) -> Self:
        """What makes a node weak or strong is said to everyone who sees that it is; who changed it and why is not."""
        return self

    def newest(self) -> "ThresholdSet | None":
        return self.order_by("-version").first()


class ChainHealthQuerySet(models.QuerySet["ChainHealth"]):
    def visible_to(self, user: Person) -> Self:
        """Health rests on money and jobs, so it is for staff."""
        return self if may_see_staff_data(user) else self.none()
