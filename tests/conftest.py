"""What every test may ask for. The database is there only for tests that ask for it; the network is shut."""

import atexit
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from accounts.models import Role, User
from geo.tiles import answers as tiles
from geo.tiles import bins
from geo.versions import forget_all

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # many accounts, none of them real
settings.VERSION_SECONDS = 0.0  # what a test changes it sees at once
settings.MEDIA_ROOT = Path(mkdtemp(prefix="luodi-test-uploads-"))  # files of a test are not those of the deployment
atexit.register(rmtree, settings.MEDIA_ROOT, ignore_errors=True)

hypothesis_settings.register_profile("luodi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("luodi")  # how long an example takes says more about the machine than about us

ROOT = Path(__file__).resolve().parent.parent
EMPTY_QUEUE = "TRUNCATE procrastinate_jobs CASCADE"
SHARED = Path(os.environ.get("LUODI_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data beside the checkout (or $LUODI_SHARED)."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"no public data at {folder}; set LUODI_SHARED")
    return folder


@pytest.fixture(scope="session")
def shared_domain() -> Path:
    folder = SHARED / "domain"
    if not folder.is_dir():
        pytest.skip(f"no domain tables at {folder}; set LUODI_SHARED")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests that commit are cleaned up by TRUNCATE, which the audit refuses; its own test puts the refusal back."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER audit_is_never_emptied")
        cursor.execute(EMPTY_QUEUE)


@pytest.fixture(autouse=True)
def nothing_queued(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test that commits leaves its jobs to those behind it: what empties Django's tables passes theirs by."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(EMPTY_QUEUE)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What a process keeps in memory belongs to one test alone: rolled-back tests take their version numbers back."""
    forget_all()
    bins.forget()
    tiles.forget()
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)  # a request leaves its own behind
    yield


MakePerson = Callable[..., User]


@pytest.fixture
def person(db: None) -> MakePerson:
    """`person("land", region="370211")`: an account with a role."""

    def make(role: str = Role.PLANNER, *, region: str = "", **more: Any) -> User:  # columns of an account
        name = str(more.pop("username", f"{role}-{region or 'all'}-{User.objects.count()}"))
        return User.objects.create_user(
            username=name, password="a long password", role=role, region_code=region, **more
        )

    return make


@pytest.fixture
def api_client() -> APIClient:
    """A visitor; English, so that words can be read in assertions."""
    return APIClient(HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def as_person(person: MakePerson) -> Callable[..., APIClient]:
    """`as_person("planner")`: a client signed in with that role."""

    def sign_in(role: str = Role.PLANNER, **more: object) -> APIClient:
        client = APIClient(HTTP_ACCEPT_LANGUAGE="en")
        client.force_login(person(role, **more), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def in_english() -> Iterator[None]:
    """Errors speak English for the length of the test."""
    with translation.override("en"):
        yield
