from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned


def within_chain(table: str, column: str) -> migrations.RunSQL:
    """A node that is pointed at belongs to the chain of the row that points at it."""
    name = f"{table.removeprefix('chains_')}_{column.removesuffix('_id')}_in_chain"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (chain_id, {column}) "
        "REFERENCES chains_chainnode (chain_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("chains", "0001_initial"), ("geo", "0002_audit_and_versions"), ("accounts", "0002_audit")]
    operations = [
        within_chain("chains_chainnode", "parent_id"),
        within_chain("chains_chainedge", "supplier_id"),
        within_chain("chains_chainedge", "customer_id"),
        audited("chains_chain", "code"),
        audited("chains_chainnode"),
        audited("chains_chainedge"),
        audited("chains_enterprisenode"),
        versioned("chains_chain", "chains"),
        versioned("chains_chainnode", "chains"),
        versioned("chains_chainedge", "chains"),
        versioned("chains_enterprisenode", "chains"),
    ]
