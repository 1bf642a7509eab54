from django.db import migrations

from accounts.audit import LEDGER, LEDGER_UNDONE, audited


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(LEDGER, LEDGER_UNDONE), audited("accounts_user")]
