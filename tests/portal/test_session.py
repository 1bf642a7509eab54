from collections.abc import Callable

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from tests.conftest import MakePerson


@pytest.mark.django_db
def test_a_visitor_is_nobody_in_a_city_not_yet_set_up(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/session/").json()
    assert answer["user"] is None
    assert answer["language"] == "en"
    assert answer["city"]["bbox"] is None
    assert answer["demo"] is False


@pytest.mark.django_db
def test_signing_in_and_out(api_client: APIClient, person: MakePerson) -> None:
    person("planner", username="li")
    answer = api_client.post("/api/v1/session/", {"username": "li", "password": "a long password"})
    assert answer.status_code == 200
    assert answer.json()["user"]["role"] == "planner"
    assert api_client.get("/api/v1/session/").json()["user"]["username"] == "li"

    assert api_client.delete("/api/v1/session/").status_code == 204
    assert api_client.get("/api/v1/session/").json()["user"] is None


@pytest.mark.django_db
def test_a_wrong_password_is_refused_in_words(api_client: APIClient, person: MakePerson) -> None:
    person("planner", username="li")
    answer = api_client.post("/api/v1/session/", {"username": "li", "password": "wrong"})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["detail"] == "The name or the password is wrong."


@pytest.mark.django_db
def test_repeated_failure_locks_the_name_even_for_the_right_password(api_client: APIClient, person: MakePerson) -> None:
    person("planner", username="li")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = api_client.post("/api/v1/session/", {"username": "li", "password": "wrong"})
    assert last.status_code == 429

    right = api_client.post("/api/v1/session/", {"username": "li", "password": "a long password"})
    assert right.status_code == 429
    assert "locked for 15 minutes" in right.json()["errors"][0]["detail"]


@pytest.mark.django_db
def test_a_signed_in_person_needs_the_csrf_token_to_write(person: MakePerson) -> None:
    person("planner", username="li")
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(person("admin"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.patch("/api/v1/session/", {"language": "en"}).status_code == 403

    token = client.get("/api/v1/session/").json()["csrf"]
    assert client.patch("/api/v1/session/", {"language": "en"}, HTTP_X_CSRFTOKEN=token).status_code == 200


@pytest.mark.django_db
def test_the_chosen_language_outlives_the_browsers(api_client: APIClient) -> None:
    assert api_client.patch("/api/v1/session/", {"language": "zh"}).json() == {"language": "zh"}
    assert api_client.get("/api/v1/session/").json()["language"] == "zh"


@pytest.mark.django_db
def test_an_unknown_language_is_refused_in_words(api_client: APIClient) -> None:
    answer = api_client.patch("/api/v1/session/", {"language": "fr"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0] == {"code": "invalid", "detail": "The language is zh or en.", "attr": "language"}


@pytest.mark.django_db
def test_a_page_whose_person_is_gone_is_told_so_even_where_a_visitor_would_be_answered(
    api_client: APIClient, person: MakePerson
) -> None:
    for address in ("/api/v1/parcels/", "/api/v1/notifications/", "/api/v1/enquiries/"):
        answer = api_client.get(address, HTTP_X_LUODI_PERSON="li")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "not_authenticated"), address
    asked = api_client.post("/api/v1/enquiries/", {}, HTTP_X_LUODI_PERSON="li")
    assert asked.json()["errors"][0]["detail"] == "Your session has ended. Sign in again; this request changed nothing."


@pytest.mark.django_db
def test_a_page_of_one_person_does_not_act_as_another(as_person: Callable[..., APIClient]) -> None:
    client = as_person("land", username="王")
    assert client.get("/api/v1/parcels/", HTTP_X_LUODI_PERSON="%E7%8E%8B").status_code == 200
    answer = client.get("/api/v1/parcels/", HTTP_X_LUODI_PERSON="li")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "another_person")


@pytest.mark.django_db
def test_an_old_token_is_told_from_an_ended_session(person: MakePerson) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(person("admin"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/api/v1/notifications/read/", {"all": True})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "csrf_failed")
