import pytest
from django.test import Client

from portal.session import SessionView


@pytest.mark.django_db
def test_what_nobody_foresaw_is_answered_in_words_with_a_reference(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail of the server")

    monkeypatch.setattr(SessionView, "get", fail)
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    answer = client.get("/api/v1/session/", headers={"x-request-id": "ABCD1234"})

    assert answer.status_code == 500
    assert answer["X-Request-ID"] == "ABCD1234"
    detail = answer.json()["errors"][0]["detail"]
    assert detail == "Something went wrong on the server; the request was not completed."
    assert "secret detail" in caplog.text


@pytest.mark.django_db
def test_a_reference_that_could_forge_the_log_is_not_taken(client: Client) -> None:
    answer = client.get("/healthz", headers={"x-request-id": "a b\tforged"})
    assert answer["X-Request-ID"] != "a b\tforged"
