"""What people are told about the board."""

from __future__ import annotations

from accounts.notifications import notify
from board.models import Post

TOPIC = "board"
SURE = 0.6
"""From this likeness of names on, somebody is told."""


def page_of(post: Post) -> str:
    return f"/board?post={post.pk}"


def answered_by(post: Post) -> int:
    """Those who keep posts that this one answers, once for each pair; answers how many were told."""
    from board.counterparts import counterparts

    told = 0
    if post.created_by is None:
        return told
    for one in counterparts(post, post.created_by):
        writer = one.post.created_by
        if one.likeness is None or one.likeness.value < SURE or writer is None or writer == post.created_by:
            continue
        zh, en = ("供应", "offered") if post.kind == Post.Kind.OFFER else ("需求", "wanted")
        told += notify(
            [writer],
            topic=TOPIC,
            zh=f"有新的{zh}与“{one.post.product}”对得上：{post.product}",
            en=f"Newly {en}, and it answers {one.post.product}: {post.product}",
            link=page_of(one.post),
            key=f"board-{one.post.pk}-{post.pk}",
        )
    return told
