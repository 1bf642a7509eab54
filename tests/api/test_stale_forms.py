"""Forms opened before somebody else's change: refused with who changed what, whatever room they belong to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import User
from promotion.models import Call
from tests.factories.geo import RegionFactory
from tests.factories.investors import at_least
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
CHANGED = "changed_meanwhile"


def mark(seen: dict[str, Any]) -> dict[str, str]:  # Any: JSON
    return {"If-Match": f'"{seen["mark"]}"'}


def words(answer: Any) -> str:  # the client's answer
    assert answer.status_code == 409, answer.json()
    error = answer.json()["errors"][0]
    assert error["code"] == CHANGED
    detail: str = error["detail"]
    return detail


def test_a_paper_that_was_shown_meanwhile_is_not_removed(as_person: SignIn, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ParcelFactory(code="A", region=RegionFactory(adcode="370211"))
    here, there = (
        as_person("land", username=name, display_name=name.title(), region="370211") for name in ("li", "wang")
    )
    form = {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n1 0 obj"), "kind": "planning"}
    seen = here.post("/api/v1/parcels/A/documents/", form, format="multipart").json()
    address = f"/api/v1/documents/{seen['id']}/"

    assert there.patch(address, {"public": True}, headers=mark(seen)).status_code == 200
    told = words(here.delete(address, headers=mark(seen)))

    assert "Wang changed whether it is public (no → yes)" in told
    (now,) = here.get("/api/v1/parcels/A/documents/").json()["results"]
    assert now["public"] is True
    assert here.delete(address, headers=mark(now)).status_code == 204


def test_two_windows_of_one_person_do_not_overwrite_a_saved_search(as_person: SignIn) -> None:
    client = as_person("investor")
    seen = client.post("/api/v1/saved-searches/", {"name": "a", "requirement": at_least("power_capacity", 20)}).json()
    address = f"/api/v1/saved-searches/{seen['id']}/"

    changed = client.patch(address, {"active": False}, headers=mark(seen))
    assert changed.status_code == 200
    assert changed.json()["mark"] != seen["mark"]
    told = words(client.patch(address, {"by_mail": True}, headers=mark(seen)))

    assert "whether it is on (yes → no)" in told
    assert client.delete(address, headers=mark(seen)).status_code == 409
    assert client.delete(address, headers=mark(changed.json())).status_code == 204


def test_a_draft_of_a_call_that_a_colleague_revised_is_not_overwritten(as_person: SignIn) -> None:
    region = RegionFactory(adcode="990001", is_root=True, level="city")
    here, there = (
        as_person("promotion", username=name, display_name=name.title(), region="990001") for name in ("li", "wang")
    )
    author = here.get("/api/v1/session/").json()["user"]["username"]
    call = Call.objects.create(
        region=region, title_zh="榜", contact_office="招商处", created_by=User.objects.get(username=author)
    )
    seen = here.get(f"/api/v1/calls/{call.pk}/").json()

    assert there.patch(f"/api/v1/calls/{call.pk}/", {"contact_phone": "12345"}, headers=mark(seen)).status_code == 200
    told = words(here.patch(f"/api/v1/calls/{call.pk}/", {"title_zh": "新榜"}, headers=mark(seen)))

    assert "Wang changed the telephone (empty → 12345)" in told
    call.refresh_from_db()
    assert (call.title_zh, call.contact_phone) == ("榜", "12345")


def test_a_program_that_sends_no_mark_is_not_held_up(as_person: SignIn) -> None:
    client = as_person("investor")
    seen = client.post("/api/v1/saved-searches/", {"name": "a", "requirement": at_least("power_capacity", 20)}).json()
    assert client.patch(f"/api/v1/saved-searches/{seen['id']}/", {"active": False}).status_code == 200
