from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0004_supply_ties"), ("geo", "0002_audit_and_versions"), ("accounts", "0002_audit")]
    operations = [audited("enterprises_supplytie"), versioned("enterprises_supplytie", "supply_ties")]
