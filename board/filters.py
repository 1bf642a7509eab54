"""The filters of the board, which are its export's too."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from board.models import Post
from board.querysets import PostQuerySet
from geo.filters import PlaceFilterSet

EXPIRED = "expired"
STATES = [*Post.State.choices, (EXPIRED, "已过期 Expired")]


class PostFilterSet(PlaceFilterSet):
    """`region`: in its subtree; `chain`, `node` (chain/node); `uscc`: a firm's; `state`: expired ones are published no more."""

    bbox = None
    q = None
    kind = django_filters.ChoiceFilter(choices=Post.Kind.choices)
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")
    chain = django_filters.CharFilter(field_name="node__chain__code")
    node = django_filters.CharFilter(method="of_node")
    uscc = django_filters.CharFilter(field_name="enterprise__uscc")
    region_field = "region"

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()

    def of_node(self, rows: PostQuerySet, name: str, text: str) -> PostQuerySet:
        chain, _, node = text.partition("/")
        return rows.filter(node__chain__code=chain, node__code=node)

    def in_state(self, rows: PostQuerySet, name: str, state: str) -> PostQuerySet:
        over = Q(state=Post.State.PUBLISHED, until__lt=timezone.localdate())
        return rows.filter(over) if state == EXPIRED else rows.filter(state=state).exclude(over)
