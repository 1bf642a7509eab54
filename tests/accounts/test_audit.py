import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.models import AuditEntry, User


@pytest.mark.django_db
def test_an_edit_is_written_down_with_who_what_before_and_after() -> None:
    user = User.objects.create_user("li", password="a long password", role="land")
    audit.act_as("wang")
    user.role = "reviewer"
    user.save()
    audit.act_as("")

    entry = AuditEntry.objects.filter(table="accounts_user", action="update").latest("pk")
    assert (entry.actor, entry.row) == ("wang", str(user.pk))
    assert entry.before == {"role": "land"}
    assert entry.after == {"role": "reviewer"}


@pytest.mark.django_db
def test_passwords_never_reach_the_audit() -> None:
    User.objects.create_user("li", password="a long password")

    entry = AuditEntry.objects.get(table="accounts_user", action="insert")
    assert entry.after is not None
    assert "password" not in entry.after


@pytest.mark.django_db
def test_an_update_that_changes_nothing_leaves_no_entry() -> None:
    user = User.objects.create_user("li", password="a long password")
    before = AuditEntry.objects.count()
    user.save()
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET actor = 'nobody'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
    ],
)
def test_the_audit_is_append_only(statement: str) -> None:
    User.objects.create_user("li", password="a long password")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER audit_is_never_emptied")  # see conftest
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_bulk_load_leaves_no_entry_per_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luodi.bulk', '7', true)")
    User.objects.create_user("li", password="a long password")
    assert not AuditEntry.objects.filter(table="accounts_user").exists()
