"""What one may know of the firms that others follow, and one target with everything around it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.rights import Person, may_see_staff_data, region_scope
from chains.target_evidence import told
from chains.target_rows import rank_all
from geo.models import Region
from promotion.first_contact import MOVES, is_overdue
from promotion.models import Handover, Target
from promotion.nodes import Nodes
from promotion.telling import colleagues_of

Answer = dict[str, Any]  # what a serializer reads


def followed(user: Person, *, firms: list[str] | None = None, node: str | None = None) -> list[Answer]:
    """Firms that some region follows: which, and since when; neither state nor a word of what was said."""
    if not may_see_staff_data(user):
        return []
    rows = Target.objects.held().select_related("region", "enterprise").order_by("enterprise__uscc")
    if firms is not None:
        rows = rows.filter(enterprise__uscc__in=firms)
    if node is not None:
        chain, _, code = node.partition("/")
        at_node = Q(enterprise__nodes__node__chain__code=chain)
        rows = rows.filter(at_node & Q(enterprise__nodes__node__code=code) if code else at_node).distinct()
    targets = list(rows)
    own = set(Target.objects.visible_to(user).filter(pk__in=[one.pk for one in targets]).values_list("pk", flat=True))
    now, asked = timezone.now(), _asked_by(user)
    return [
        {
            "uscc": one.enterprise.uscc,
            "region": one.region,
            "since": one.since,
            "overdue": is_overdue(one.last_word_at, one.state, now),
            "asked": one.pk in asked,
            "id": one.pk,
            "opens": one.pk in own,
        }
        for one in targets
    ]


def _asked_by(user: Person) -> set[int]:
    """Targets that the person's region waits for."""
    scope = region_scope(user)
    if scope is None:
        return set()
    waiting = Handover.objects.filter(state=Handover.State.OPEN, region__in=Region.objects.subtree(scope))
    return set(waiting.values_list("target", flat=True))


def surroundings(target: Target, user: Person, nodes: Nodes) -> Answer:
    """What a target's page needs beside its columns."""
    wanted = nodes.find(target.node)
    row = None
    if wanted is not None:
        leaves = wanted.picture.leaves_below(wanted.at)
        ranking = rank_all([(wanted.picture, leaves)], user, limit=1, only=target.enterprise_id)
        row = next(iter(told(ranking, user)["results"]), None)
    return {"nodes": nodes, "colleagues": colleagues_of(target), "moves": MOVES[target.state], "ranking": row}
