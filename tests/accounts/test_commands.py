from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from accounts.models import User
from tests.factories.geo import RegionFactory


@pytest.mark.django_db
def test_an_account_made_by_command_has_its_role_and_region() -> None:
    RegionFactory(adcode="370211")
    out = StringIO()
    call_command("user", "li", "--role", "land", "--region", "370211", stdout=out)

    user = User.objects.get(username="li")
    assert (user.role, user.region_code) == ("land", "370211")
    password = out.getvalue().split("password: ")[1].splitlines()[0]
    assert user.check_password(password)


@pytest.mark.django_db
def test_a_region_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(CommandError, match=r"first run manage\.py city 370211") as none_yet:
        call_command("user", "li", "--role", "land", "--region", "370211")
    assert "尚未建立城市" in str(none_yet.value)

    RegionFactory(adcode="370200", name="青岛市")
    with pytest.raises(CommandError, match="There is no region 370299") as wrong:
        call_command("user", "li", "--role", "land", "--region", "370299")
    assert "没有行政区 370299；" in str(wrong.value)
    assert "there are: 370200 青岛市" in str(wrong.value)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_change_of_one_thing_leaves_the_region_unless_it_is_named() -> None:
    RegionFactory(adcode="370200")
    call_command("user", "li", "--role", "land", "--region", "370200", stdout=StringIO())

    call_command("user", "li", "--role", "planner", "--department", "供电", stdout=StringIO())
    assert User.objects.get(username="li").region_code == "370200"
    call_command("user", "li", "--role", "planner", "--region", "", stdout=StringIO())
    assert User.objects.get(username="li").region_code == ""


@pytest.mark.django_db
def test_a_password_from_a_variable_that_is_not_set_makes_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ABSENT", raising=False)
    with pytest.raises(CommandError, match="The variable ABSENT is not set"):
        call_command("user", "li", "--role", "land", "--password-from", "ABSENT")
    for name in ("", "a b", "x" * 151):
        with pytest.raises(CommandError, match="is no name for an account"):
            call_command("user", name, "--role", "land")
    assert not User.objects.exists()

    monkeypatch.setenv("ABSENT", "a long password")
    call_command("user", "li", "--role", "land", "--password-from", "ABSENT", stdout=StringIO())
    assert User.objects.get(username="li").check_password("a long password")


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
