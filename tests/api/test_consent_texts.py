"""GET consent-texts/: what people agreed to can be read in full, in each version, by anyone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from investors.models import ConsentText

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/consent-texts/"


def test_every_version_is_kept_and_the_one_in_force_is_named(api_client: APIClient) -> None:
    before = api_client.get(ADDRESS).json()
    assert [row["version"] for row in before["results"]] == [before["in_force"]]

    ConsentText.objects.create(version="old", zh="旧文", en="Old words", valid_from=date(2020, 1, 1))
    ConsentText.objects.create(version="now", zh="新文", en="New words", valid_from=timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=1)
    ConsentText.objects.create(version="later", zh="将来", en="Later words", valid_from=tomorrow)

    told = api_client.get(ADDRESS).json()
    assert told["in_force"] == "now"
    assert [row["version"] for row in told["results"]] == ["now", before["in_force"], "old"]
    assert told["results"][0]["text"] == "New words"
    assert api_client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE="zh-CN").json()["results"][0]["text"] == "新文"
