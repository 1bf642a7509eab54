from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial"), ("geo", "0002_audit_and_versions")]
    operations = [
        audited("enterprises_enterprise", "uscc"),
        audited("enterprises_enterpriseyear"),
        versioned("enterprises_enterprise", "enterprises"),
        versioned("enterprises_enterpriseyear", "enterprise_years"),
    ]
