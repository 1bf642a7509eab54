from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from accounts.models import User


@pytest.mark.django_db
def test_an_account_made_by_command_has_its_role_and_region() -> None:
    out = StringIO()
    call_command("user", "li", "--role", "land", "--region", "370211", stdout=out)

    user = User.objects.get(username="li")
    assert (user.role, user.region_code) == ("land", "370211")
    password = out.getvalue().split("password: ")[1].splitlines()[0]
    assert user.check_password(password)


@pytest.mark.django_db
def test_a_token_signs_in_until_it_is_revoked() -> None:
    call_command("user", "li", "--role", "land", stdout=StringIO())
    out = StringIO()
    call_command("token", "li", stdout=out)
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {out.getvalue().strip()}")

    assert client.get("/api/v1/session/").json()["user"]["username"] == "li"
    assert client.get("/tiles/regions/1/0/0.mvt").status_code == 204

    call_command("token", "li", "--revoke", stdout=StringIO())
    assert client.get("/api/v1/session/").status_code == 401
    assert client.get("/tiles/regions/1/0/0.mvt").status_code == 401


@pytest.mark.django_db
def test_a_token_for_nobody_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("token", "nobody")
