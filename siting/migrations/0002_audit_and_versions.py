from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [("siting", "0001_initial"), ("geo", "0002_audit_and_versions")]
    operations = [audited("siting_project", "code"), versioned("siting_project", "projects")]
