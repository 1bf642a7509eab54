"""Accounts to look at the demo with, one per role. Their passwords follow from this deployment's secret key, so that
they can be told again and are nobody else's; a deployment with real data never gets them."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction

from accounts.models import Role, User
from democity.generate import CITY

PEOPLE = (
    ("demo-investor", Role.INVESTOR, "演示 投资者"),
    ("demo-promotion", Role.PROMOTION, "演示 招商专员"),
    ("demo-huangdao", Role.PROMOTION, "演示 黄岛招商"),
    ("demo-chengyang", Role.PROMOTION, "演示 城阳招商"),
    ("demo-planner", Role.PLANNER, "演示 规划师"),
    ("demo-land", Role.LAND, "演示 土地专员"),
    ("demo-reviewer", Role.REVIEWER, "演示 审核员"),
    ("demo-admin", Role.ADMIN, "演示 管理员"),
)
DISTRICTS = {"demo-huangdao": "370211", "demo-chengyang": "370214"}
"""Those who act for one district; the others hold for the city."""


@transaction.atomic
def make_demo_accounts() -> None:
    """Make or renew them; staff roles hold for the demo city."""
    for username, role, shown in PEOPLE:
        user, _ = User.objects.get_or_create(username=username)
        user.role, user.display_name = role, shown
        user.region_code = "" if role in (Role.INVESTOR, Role.ADMIN) else DISTRICTS.get(username, CITY)
        user.set_password(demo_password(username))
        user.save()


def demo_password(username: str) -> str:
    """Ten characters that are the same as long as the deployment keeps its secret key."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo {username}".encode(), hashlib.sha256)
    return digest.hexdigest()[:10]


def demo_accounts() -> list[tuple[str, str, str]]:
    """(username, password, role) of those that exist."""
    there = set(User.objects.filter(username__startswith="demo-").values_list("username", flat=True))
    return [(name, demo_password(name), str(role.label)) for name, role, _ in PEOPLE if name in there]
