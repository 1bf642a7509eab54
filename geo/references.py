"""Foreign keys of tables that are loaded by the hundred thousand: checked once per statement, not once per row.

PostgreSQL's own foreign key looks its parent up for every row, although a load names one source and a few layers; that is a
quarter of the time of a load. The triggers here lock the few parents a statement names, and refuse what names none; a parent that
is still named cannot be deleted. The field says `db_constraint=False`.
"""

from django.db.migrations.operations.special import RunSQL

FUNCTIONS = """
CREATE FUNCTION luodi_parents_exist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE orphan text;
BEGIN
    EXECUTE format(
        'WITH named AS (SELECT DISTINCT %1$I AS parent FROM written WHERE %1$I IS NOT NULL), '
        'found AS (SELECT %3$I AS parent FROM %2$I WHERE %3$I IN (SELECT parent FROM named) FOR KEY SHARE) '
        'SELECT min(parent::text) FROM named WHERE parent NOT IN (SELECT parent FROM found)',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]
    ) INTO orphan;
    IF orphan IS NOT NULL THEN
        RAISE foreign_key_violation USING MESSAGE =
            format('%s.%s names %s, which %s does not have', TG_TABLE_NAME, TG_ARGV[0], orphan, TG_ARGV[1]);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION luodi_no_children() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %1$I WHERE %2$I = ($1).%3$I)', TG_ARGV[0], TG_ARGV[1], TG_ARGV[2])
        USING OLD INTO named;
    IF named THEN
        RAISE foreign_key_violation USING MESSAGE = format('%s still names what is deleted', TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
"""
FUNCTIONS_GONE = "DROP FUNCTION luodi_parents_exist(); DROP FUNCTION luodi_no_children()"


def checked_by_statement(table: str, column: str, parent: str, key: str) -> RunSQL:
    """A migration operation: `table.column` names a row of `parent` by its `key`, or nothing."""
    name = f"{column}_exists"
    arguments = f"'{column}', '{parent}', '{key}'"
    return RunSQL(
        f'CREATE TRIGGER {name}_new AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS written '
        f"FOR EACH STATEMENT EXECUTE FUNCTION luodi_parents_exist({arguments});"
        f'CREATE TRIGGER {name}_changed AFTER UPDATE ON "{table}" REFERENCING NEW TABLE AS written '
        f"FOR EACH STATEMENT EXECUTE FUNCTION luodi_parents_exist({arguments});"
        f'CREATE CONSTRAINT TRIGGER {table}_names_no_more AFTER DELETE ON "{parent}" DEFERRABLE INITIALLY DEFERRED '
        f"FOR EACH ROW EXECUTE FUNCTION luodi_no_children('{table}', '{column}', '{key}')",
        f'DROP TRIGGER {name}_new ON "{table}"; DROP TRIGGER {name}_changed ON "{table}"; '
        f'DROP TRIGGER {table}_names_no_more ON "{parent}"',
    )
