"""manage.py user NAME --role ROLE [--region ADCODE] [--department NAME]: make an account, or change its role."""

import getpass
import os
import secrets
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import Role, User


class Command(BaseCommand):
    help = "Make an account, or change an account's role, region or password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=[role.value for role in Role], required=True)
        parser.add_argument("--region", default="", metavar="ADCODE", help="the role holds for this region's subtree")
        parser.add_argument("--name", default="", help="the name shown to others")
        parser.add_argument("--department", help="whose debts of a checklist they are told of, such as 供电")
        parser.add_argument("--offset", action="store_true", help="may import GCJ-02 and BD-09 coordinates")
        parser.add_argument("--password-from", metavar="VARIABLE", help="read the password from this variable")

    def handle(self, *args: Any, **options: Any) -> None:
        user, created = User.objects.get_or_create(username=options["username"])
        user.role, user.region_code = options["role"], options["region"]
        user.display_name = options["name"] or user.display_name
        if options["department"] is not None:
            user.department = options["department"]
        user.may_convert_offset = options["offset"] or user.may_convert_offset
        if options["password_from"]:
            user.set_password(os.environ[options["password_from"]])
        elif created and sys.stdin.isatty():
            user.set_password(getpass.getpass(f"密码 / password for {user.username}: "))
        elif created:
            password = secrets.token_urlsafe(12)
            user.set_password(password)
            self.stdout.write(f"密码 / password: {password}")
        user.save()
        verb = "已创建 / created" if created else "已更新 / updated"
        self.stdout.write(f"{verb}: {user.username} ({user.get_role_display()})")
