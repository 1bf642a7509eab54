"""The audit is kept by the database: triggers write it, and refuse that it be changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.operations.special import RunSQL

LEDGER = """
CREATE FUNCTION luodi_audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb; new_row jsonb; row_key text;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - 'web'; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - 'web'; END IF;
    row_key := coalesce(new_row, old_row) ->> TG_ARGV[0];
    IF TG_OP = 'UPDATE' THEN  -- only what changed
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
          INTO old_row, new_row
          FROM jsonb_each(old_row) AS o WHERE o.value IS DISTINCT FROM new_row -> o.key;
        IF new_row IS NULL THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO accounts_auditentry (actor, action, "table", "row", before, after)
    VALUES (coalesce(current_setting('luodi.actor', true), ''), lower(TG_OP), TG_TABLE_NAME, row_key,
            old_row - 'password', new_row - 'password');
    RETURN NULL;
END $$;

CREATE FUNCTION luodi_audit_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_is_final BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION luodi_audit_is_final();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION luodi_audit_is_final();
"""

LEDGER_UNDONE = """
DROP TRIGGER audit_is_never_emptied ON accounts_auditentry;
DROP TRIGGER audit_is_final ON accounts_auditentry;
DROP FUNCTION luodi_audit_is_final();
DROP FUNCTION luodi_audit_row();
"""


def audited(table: str, key: str = "id") -> RunSQL:
    """A migration operation: from here on people's edits of `table` are written down row by row."""
    return RunSQL(
        f'CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW WHEN (coalesce(current_setting('luodi.bulk', true), '') = '') "  # a load writes one entry of its own
        f"EXECUTE FUNCTION luodi_audit_row('{key}')",
        f'DROP TRIGGER audit_row ON "{table}"',
    )


def act_as(username: str) -> None:
    """Name who does what follows on this connection, until it is called again with ''."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luodi.actor', %s, false)", [username])


@contextmanager
def machine_writes(why: str) -> Iterator[None]:
    """What follows is worked out from a load that has its own entry, not edited by a person: rows are not written down.

    Within a transaction; `why` is one word.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('luodi.bulk', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('luodi.bulk', %s, true)", [why])
        yield
        cursor.execute("SELECT set_config('luodi.bulk', %s, true)", [before])
