"""manage.py user NAME --role ROLE [--region ADCODE] [--department NAME]: make an account, or change its role."""

import getpass
import os
import secrets
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Role, User
from accounts.regions import known_regions

SHOWN = 12


class Command(BaseCommand):
    help = "Make an account, or change an account's role, region or password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=[role.value for role in Role], required=True)
        parser.add_argument(
            "--region",
            metavar="ADCODE",
            help="the role holds for this region's subtree; '' for everywhere, as for a new account without it",
        )
        parser.add_argument("--name", default="", help="the name shown to others")
        parser.add_argument("--department", help="whose debts of a checklist they are told of, such as 供电")
        parser.add_argument("--offset", action="store_true", help="may import GCJ-02 and BD-09 coordinates")
        parser.add_argument("--password-from", metavar="VARIABLE", help="read the password from this variable")

    def handle(self, *args: Any, **options: Any) -> None:
        require_name(options["username"])
        if options["region"]:
            require_region(options["region"])
        password = password_in(options["password_from"]) if options["password_from"] else None
        user, created = User.objects.get_or_create(username=options["username"])
        user.role = options["role"]
        if options["region"] is not None:
            user.region_code = options["region"]
        user.display_name = options["name"] or user.display_name
        if options["department"] is not None:
            user.department = options["department"]
        user.may_convert_offset = options["offset"] or user.may_convert_offset
        if password is not None:
            user.set_password(password)
        elif created and sys.stdin.isatty():
            user.set_password(getpass.getpass(f"密码 / password for {user.username}: "))
        elif created:
            password = secrets.token_urlsafe(12)
            user.set_password(password)
            self.stdout.write(f"密码 / password: {password}")
        user.save()
        verb = "已创建 / created" if created else "已更新 / updated"
        place = (
            f"{user.region_code} {known_regions().get(user.region_code, '')}" if user.region_code else "全域 everywhere"
        )
        self.stdout.write(f"{verb}: {user.username} ({user.get_role_display()}, {place.strip()})")


def require_name(username: str) -> None:
    """What the sign-in page and the audit can carry."""
    try:
        User._meta.get_field("username").clean(username, None)
    except ValidationError:
        raise CommandError(
            f"“{username}”不能作账号名：请用 1 至 150 个字母、汉字、数字或 @ . + - _。 / "
            f"{username!r} is no name for an account: use 1 to 150 letters, digits or @ . + - _."
        ) from None


def require_region(adcode: str) -> None:
    """Whoever is bound to a region that is not there would see nothing, and nobody would know why."""
    known = known_regions()
    if adcode in known:
        return
    if not known:
        raise CommandError(
            f"没有行政区 {adcode}：尚未建立城市，请先执行 manage.py city {adcode}。 / "
            f"There is no region {adcode}, as no city is set up yet: first run manage.py city {adcode}."
        )
    shown = ", ".join(f"{code} {name}" for code, name in list(known.items())[:SHOWN])
    more = " …" if len(known) > SHOWN else ""
    raise CommandError(
        f"没有行政区 {adcode}；需要别的城市时先执行 manage.py city ADCODE。 / "
        f"There is no region {adcode}; another city is set up with manage.py city ADCODE.\n"
        f"已有 / there are: {shown}{more}"
    )


def password_in(variable: str) -> str:
    """The password that an environment variable holds."""
    password = os.environ.get(variable, "")
    if not password:
        raise CommandError(
            f"环境变量 {variable} 未设置或为空；请先设置，例如 {variable}=… manage.py user …。 / "
            f"The variable {variable} is not set, or empty; set it first, as in {variable}=… manage.py user …."
        )
    return password
