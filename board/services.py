"""Posts from the draft to the end, each step by the staff of its region."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.rights import Person, may_keep_board
from board import telling
from board.models import Post
from board.names import normal
from board.nodes import node_named
from enterprises.models import Enterprise
from geo.errors import BadParameter, Conflict, NotAllowed
from geo.locking import Labels, changed_meanwhile
from geo.models import Region
from geo.words import say
from investors.masking import masked_within
from investors.offices import covers
from promotion.services import region_of

PLAIN = ("kind", "quantity", "unit", "until", "words", "person", "phone", "email")
Given = Mapping[str, Any]  # validated values of a form
LABELS: Labels = {
    "kind": say(zh="供应或需求", en="whether it offers or wants"),
    "enterprise_id": say(zh="企业", en="the firm"),
    "product": say(zh="产品", en="the product"),
    "node_id": say(zh="产业链环节", en="the node"),
    "quantity": say(zh="数量", en="the quantity"),
    "unit": say(zh="单位", en="the unit"),
    "region_id": say(zh="区域", en="the region"),
    "until": say(zh="截止日期", en="its last day"),
    "words": say(zh="说明", en="the text"),
    "state": say(zh="状态", en="the state"),
    "person": say(zh="联系人", en="the person"),
    "phone": say(zh="电话", en="the telephone"),
    "email": say(zh="邮箱", en="the address"),
}


def keeper(by: Person) -> User:
    if not isinstance(by, User) or not may_keep_board(by):
        raise NotAllowed(zh="供需信息由招商人员录入和发布。", en="Investment promotion staff keep the board.")
    return by


def may_keep(person: Person, post: Post) -> bool:
    return may_keep_board(person) and covers(person, post.region)


@transaction.atomic
def draw_up(*, given: Given, by: Person) -> Post:
    """A draft; its region is the firm's unless another is named, and has to be one of the person's."""
    by = keeper(by)
    firm = firm_of(given["uscc"], by)
    region = _region(given.get("region") or (firm.region_id or ""), by)
    post = Post(enterprise=firm, region=region, created_by=by)
    _fill(post, given, by)
    return _saved(post)


@transaction.atomic
def revise(*, post: Post, given: Given, revision: int, by: Person) -> Post:
    """What is given, on the revision that the person saw."""
    by = keeper(by)
    post = locked(post, by)
    if post.revision != revision:
        raise changed_meanwhile((post, LABELS))
    if "uscc" in given:
        post.enterprise = firm_of(given["uscc"], by)
    if given.get("region"):
        post.region = _region(given["region"], by)
    _fill(post, given, by)
    if post.state == Post.State.PUBLISHED:
        check_last_day(post.until)
    return _saved(post)


@transaction.atomic
def publish(*, post: Post, by: Person) -> Post:
    """From now on it is on the board; those who keep what answers it are told."""
    post = locked(post, keeper(by))
    if post.state == Post.State.PUBLISHED:
        raise Conflict(zh="这条供需信息已经发布。", en="This post is published already.")
    check_last_day(post.until)
    post.state, post.published_at = Post.State.PUBLISHED, timezone.now()
    post = _saved(post)
    telling.answered_by(post)
    return post


@transaction.atomic
def close(*, post: Post, by: Person) -> Post:
    """Takes it off the board at once; it may be published again."""
    post = locked(post, keeper(by))
    if post.state != Post.State.PUBLISHED:
        raise Conflict(zh="只有已发布的供需信息可以结束。", en="Only a published post can be closed.")
    post.state = Post.State.CLOSED
    return _saved(post)


def reveal(post: Post, *, by: Person) -> dict[str, str]:
    """How to reach the firm's person, for the office; written into the audit without the contact itself."""
    by = keeper(by)
    check_mine(post, by)
    told = contact_of(post)
    shown = [name for name, value in told.items() if value]
    audit.note("reveal", Post._meta.db_table, post.pk, {"shown": shown}, by=by.get_username())
    return told


def contact_of(post: Post) -> dict[str, str]:
    return {"person": post.person, "phone": post.phone, "email": post.email}


def locked(post: Post, by: User) -> Post:
    fresh = Post.objects.select_for_update(of=("self",)).select_related("region", "enterprise").get(pk=post.pk)
    check_mine(fresh, by)
    return fresh


def check_mine(post: Post, by: User) -> None:
    if not covers(by, post.region):
        raise NotAllowed(
            zh=f"这条供需信息由{post.region.name}的招商人员维护，您的账户只能查看。",
            en=f"The staff of {post.region.name_en or post.region.name} keep this post; your account may only read it.",
        )


def check_last_day(until: date) -> None:
    if until < timezone.localdate():
        raise BadParameter("until", zh=f"截止日期 {until} 已过。", en=f"Its last day, {until}, is over.")


def firm_of(uscc: str, by: Person) -> Enterprise:
    firm = Enterprise.objects.visible_to(by).filter(uscc=uscc).first()
    if firm is None:
        raise BadParameter("uscc", zh=f"没有代码为 {uscc} 的企业；请核对代码。", en=f"There is no enterprise {uscc}.")
    return firm


def _region(adcode: str, by: User) -> Region:
    """Blank: the one the person acts for."""
    if not adcode:
        return region_of(by)
    region = Region.objects.filter(adcode=adcode).defer("outline", "web").first()
    if region is None:
        raise BadParameter(
            "region",
            zh=f"没有代码为 {adcode} 的区域；目录见 regions/。",
            en=f"There is no region with adcode {adcode}; see regions/.",
        )
    if not covers(by, region):
        raise NotAllowed(
            zh=f"{region.name}不在您的管辖范围内。",
            en=f"{region.name_en or region.name} is outside the region of your role.",
        )
    return region


def _fill(post: Post, given: Given, by: User) -> None:
    for name in PLAIN:
        if name in given:
            setattr(post, name, given[name])
    if "product" in given:
        if not normal(given["product"]):
            raise BadParameter("product", zh="产品名称里要有字。", en="The product's name holds no letters.")
        post.call_it(given["product"].strip())
    if "node" in given:
        post.node = node_named(given["node"], by)
    if "until" in given:
        check_last_day(post.until)
    if (post.quantity is None) != (post.unit == ""):
        name, zh, en = ("unit", "单位", "unit") if post.unit == "" else ("quantity", "数量", "quantity")
        raise BadParameter(
            name, zh=f"数量和单位要一起填写；缺少{zh}。", en=f"A quantity has a unit; the {en} is missing."
        )
    check_words(post.words)


def check_words(words: str) -> None:
    """Everyone reads them, so they hold nobody's number."""
    if masked_within(words) != words:
        raise BadParameter(
            "words",
            zh="说明对公众可见，不能写电话或邮箱；请填到联系方式里。",
            en="Everyone reads this text, so it holds no phone number or address; put those into the contact.",
        )


def _saved(post: Post) -> Post:
    if post.pk:
        post.revision += 1
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        if "post_once" not in str(error):
            raise
        words = {"offer": ("供应", "offers"), "want": ("需求", "wants")}[post.kind]
        raise Conflict(
            zh=f"{post.enterprise.name} 的这条{words[0]}（{post.product}）已有；请修改或重新发布原来那条。",
            en=f"The board says already that {post.enterprise.name} {words[1]} {post.product}; change that post, or publish it again.",
        ) from None
    return post
