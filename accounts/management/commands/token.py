"""manage.py token USERNAME: print a new API token; it is stored hashed and cannot be shown again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.models import AuthToken

from accounts.models import User


class Command(BaseCommand):
    help = "Print a new API token of an account (Authorization: Bearer TOKEN)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--revoke", action="store_true", help="end all tokens of this account instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(username=options["username"])
        except User.DoesNotExist:
            name = options["username"]
            raise CommandError(
                f"没有账号“{name}”。 / There is no account {name}; make it with `manage.py user`."
            ) from None
        if options["revoke"]:
            ended, _ = AuthToken.objects.filter(user=user).delete()
            self.stdout.write(f"已撤销 / revoked: {ended}")
            return
        _, token = AuthToken.objects.create(user=user)
        self.stdout.write(token)
