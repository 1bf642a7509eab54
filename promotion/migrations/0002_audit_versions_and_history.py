from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned

HISTORY = """
CREATE FUNCTION luodi_target_history_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of a target is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER history_is_final BEFORE UPDATE OR DELETE ON promotion_targetevent
    FOR EACH ROW EXECUTE FUNCTION luodi_target_history_is_final();
"""
HISTORY_UNDONE = """
DROP TRIGGER history_is_final ON promotion_targetevent;
DROP FUNCTION luodi_target_history_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("promotion", "0001_targets_and_calls"),
        ("geo", "0002_audit_and_versions"),
        ("accounts", "0004_contacts"),
    ]
    operations = [
        audited("promotion_target"),
        audited("promotion_targetevent"),
        audited("promotion_handover"),
        audited("promotion_call"),
        audited("promotion_callentry"),
        versioned("promotion_target", "targets"),
        versioned("promotion_targetevent", "targets"),
        versioned("promotion_handover", "targets"),
        versioned("promotion_call", "calls"),
        versioned("promotion_callentry", "calls"),
        migrations.RunSQL(HISTORY, HISTORY_UNDONE),
    ]
