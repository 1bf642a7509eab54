from django.db import migrations

from accounts.audit import audited

FINAL = """
CREATE FUNCTION investors_consent_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'consents are append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER consent_is_final BEFORE UPDATE OR DELETE ON investors_consent
    FOR EACH ROW EXECUTE FUNCTION investors_consent_is_final();
CREATE TRIGGER text_is_final BEFORE UPDATE OR DELETE ON investors_consenttext
    FOR EACH ROW EXECUTE FUNCTION investors_consent_is_final();
"""

UNDONE = """
DROP TRIGGER consent_is_final ON investors_consent;
DROP TRIGGER text_is_final ON investors_consenttext;
DROP FUNCTION investors_consent_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("investors", "0001_initial"), ("accounts", "0004_contacts")]
    operations = [
        migrations.RunSQL(FINAL, UNDONE),
        audited("investors_consenttext"),
        audited("investors_investor"),
        audited("investors_savedsearch", personal=("name", "requirement", "address", "webhook", "secret")),
        audited("investors_enquiry", personal=("person", "phone", "email")),
        audited("investors_enquiry_parcels"),
        audited("investors_message", personal=("text",)),
    ]
