"""What is sent in the wrong way (method, type of content, token, place of an option) is told the right way."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from geo.models import ImportJob

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def in_both(ask: Callable[[str], object], status: int, zh: str, en: str) -> None:
    for language, words in (("zh-CN", zh), ("en", en)):
        answer = ask(language)
        assert answer.status_code == status  # type: ignore[attr-defined]  # a test response
        assert words in answer.json()["errors"][0]["detail"]  # type: ignore[attr-defined]


def test_a_wrong_method_is_told_the_right_ones(as_person: SignIn) -> None:
    client = as_person("admin")
    in_both(
        lambda language: client.put("/api/v1/projects/", {}, HTTP_ACCEPT_LANGUAGE=language),
        405,
        "此地址不支持 PUT；可用：GET, POST",
        "PUT is not for this address; it takes: GET, POST",
    )


def test_a_wrong_type_of_content_is_told_the_right_one(as_person: SignIn) -> None:
    client = as_person("admin")
    in_both(
        lambda language: client.post(
            "/api/v1/siting/fit/", "<a/>", content_type="application/xml", HTTP_ACCEPT_LANGUAGE=language
        ),
        415,
        "请用 Content-Type: application/json",
        "send it as Content-Type: application/json",
    )


def test_a_wrong_token_is_told_who_gives_a_new_one() -> None:
    client = APIClient(HTTP_AUTHORIZATION="Bearer nonsense")
    in_both(
        lambda language: client.get("/api/v1/parcels/", HTTP_ACCEPT_LANGUAGE=language),
        401,
        "请向管理员索取新令牌",
        "ask the administrator for a new one",
    )


@pytest.mark.parametrize("where", ["imports/", "imports/preview/"])
def test_an_option_beside_the_options_is_told_its_place_and_nothing_is_loaded(as_person: SignIn, where: str) -> None:
    client = as_person("admin")

    def ask(language: str, **more: str) -> object:
        upload = SimpleUploadedFile("a.csv", b"code\n1\n", content_type="text/csv")
        body = {"kind": "facilities", "file": upload, **more}
        return client.post(f"/api/v1/{where}", body, format="multipart", HTTP_ACCEPT_LANGUAGE=language)

    in_both(lambda language: ask(language, crs="EPSG:4490"), 400, "crs 请写在 options 里", "Put crs into options, as")
    in_both(
        lambda language: ask(language, colour="red"),
        400,
        "不认识的字段“colour”；可用：kind",
        "known: kind, file, options.",
    )
    assert not ImportJob.objects.exists()
