"""Someone asks for a post: a thread with the office of its region, which speaks with the firm (docs/board.md)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from board.models import Introduction, Post
from board.telling import page_of
from geo.errors import Conflict
from geo.words import Words
from investors.models import Enquiry
from investors.threads import enquire_of


@transaction.atomic
def introduce(
    *,
    post: Post,
    counterpart: Post | None,
    text: str,
    person: str,
    phone: str,
    email: str,
    by: User | None,
    agreed: bool,
) -> Enquiry:
    """The firm's contact is not told: the office brings the two sides together. `by` None: a visitor."""
    if counterpart is not None and (counterpart.kind == post.kind or counterpart.enterprise_id == post.enterprise_id):
        raise Conflict(
            zh="对接的另一方应是别家企业的另一类信息（供应对需求）。",
            en="The other side is another firm's post of the other kind: an offer for a want.",
        )
    enquiry = enquire_of(
        region=post.region, subject=_about(post, counterpart), link=page_of(post), text=text,
        person=person, phone=phone, email=email, by=by, agreed=agreed,
    )  # fmt: skip
    Introduction.objects.create(post=post, counterpart=counterpart, enquiry=enquiry)
    return enquiry


def _about(post: Post, counterpart: Post | None) -> Words:
    """Names of products alone: a firm may be one whose name is not public."""
    zh, en = ("供应", "offered") if post.kind == Post.Kind.OFFER else ("需求", "wanted")
    answer = "" if counterpart is None else f" ↔ {counterpart.product}"
    return Words(f"{zh}：{post.product}{answer}", f"{post.product}, {en}{answer}")
