"""For a post, what answers it: of the other kind, by other firms, on the board now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.rights import Person
from board.matching import Parts, coverage, nearness, same_node, score
from board.models import Post
from board.names import Likeness
from board.searching import alike
from board.units import in_common

MOST = 50


@dataclass(frozen=True, slots=True)
class Counterpart:
    """`likeness` None: another name, but the same node."""

    post: Post
    score: float
    parts: Parts
    likeness: Likeness | None


def counterparts(post: Post, person: Person) -> list[Counterpart]:
    """The best fifty this person may see; of equals the newest."""
    rows = Post.objects.visible_to(person).on_board_at(timezone.localdate()).across(post)
    rows = rows.select_related("enterprise", "region", "node__chain").defer("region__outline", "region__web")
    found: dict[int, tuple[Post, Likeness | None]] = {
        one.post.pk: (one.post, one.likeness) for one in alike(rows, post.normal)
    }
    if post.node_id is not None:
        found = {other.pk: (other, None) for other in rows.filter(node=post.node_id)[:MOST]} | found
    best = [judged(post, other, like) for other, like in found.values()]
    best.sort(key=lambda one: (-one.score, -one.post.pk))
    return best[:MOST]


def judged(post: Post, other: Post, like: Likeness | None) -> Counterpart:
    offer, want = (post, other) if post.kind == Post.Kind.OFFER else (other, post)
    parts = Parts(
        name=like.value if like else 0.0,
        node=same_node(post.node_id, other.node_id),
        region=nearness(post.region.path, other.region.path),
        quantity=coverage(in_common(offer.quantity, offer.unit, want.unit), want.quantity),
    )
    return Counterpart(other, score(parts), parts, like)
