"""The audit is kept by the database: triggers write it, and refuse that it be changed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.operations.special import RunSQL

VEIL = "[personal]"
"""What the audit holds in place of a value of a personal column: that it was there, or changed, and nothing more."""

ROW_FUNCTION = f"""
CREATE OR REPLACE FUNCTION luodi_veil(told jsonb, personal text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN told IS NULL OR personal = '{{}}' THEN told ELSE coalesce(
        (SELECT jsonb_object_agg(key, CASE
            WHEN key = ANY(personal) AND value NOT IN ('null'::jsonb, '""'::jsonb) THEN '"{VEIL}"'::jsonb ELSE value END)
         FROM jsonb_each(told)), '{{}}'::jsonb) END
$$;

CREATE OR REPLACE FUNCTION luodi_audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb; new_row jsonb; row_key text;
    personal text[] := TG_ARGV[1:];
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
            luodi_veil(old_row - 'password', personal), luodi_veil(new_row - 'password', personal));
    RETURN NULL;
END $$;
"""

LEDGER = f"""
{ROW_FUNCTION}
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
DROP FUNCTION luodi_veil(jsonb, text[]);
"""


def audited(table: str, key: str = "id", *, personal: Sequence[str] = (), again: bool = False) -> RunSQL:
    """A migration operation: from here on people's edits of `table` are written down row by row.

    Of `personal` columns only that they changed. `again` replaces the trigger that the table has.
    """
    arguments = ", ".join(f"'{name}'" for name in (key, *personal))
    drop = f'DROP TRIGGER audit_row ON "{table}"'
    return RunSQL(
        f"{drop + ';' if again else ''}"
        f'CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW WHEN (coalesce(current_setting('luodi.bulk', true), '') = '') "  # a load writes one entry of its own
        f"EXECUTE FUNCTION luodi_audit_row({arguments})",
        RunSQL.noop if again else drop,
    )


def note(action: str, table: str, row: object, told: Mapping[str, Any], *, by: str) -> None:  # Any: JSON
    """An entry for what changes no row: someone was shown, or took away, what is not for everyone."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO accounts_auditentry (actor, action, "table", "row", after) VALUES (%s, %s, %s, %s, %s)',
            [by, action, table, str(row), json.dumps(told, ensure_ascii=False)],
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
