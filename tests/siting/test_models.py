import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from siting.models import AMOUNTS, Project
from tests.factories.siting import ProjectFactory
from tests.shapes import point

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [{"status": "dreamt"}, {"hazard": "worst"}, *({amount: -1} for amount in AMOUNTS)])
def test_the_database_refuses_a_project_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        ProjectFactory(**wrong)


def test_a_code_belongs_to_one_project() -> None:
    ProjectFactory(code="A")
    with pytest.raises(IntegrityError):
        ProjectFactory(code="A")


def test_only_a_committed_project_with_a_place_draws() -> None:
    ProjectFactory(code="A", status="committed")
    ProjectFactory(code="B", place=point(0, 0))
    ProjectFactory(code="C", status="committed", place=point(0, 0))
    assert [project.code for project in Project.objects.committed()] == ["C"]


def test_a_visitor_sees_no_project() -> None:
    ProjectFactory()
    assert not Project.objects.visible_to(AnonymousUser()).exists()
