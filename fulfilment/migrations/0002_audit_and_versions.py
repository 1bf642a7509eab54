from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned

TABLES = {
    "fulfilment_readinessitem": "readiness",
    "fulfilment_areaassessment": "assessments",
    "fulfilment_commitment": "commitments",
    "fulfilment_milestone": "commitments",
    "fulfilment_promise": "commitments",
    "fulfilment_verification": "commitments",
}


class Migration(migrations.Migration):
    dependencies = [("fulfilment", "0001_initial"), ("geo", "0004_grid_without_doubled_index")]
    operations = [audited(table) for table in TABLES] + [versioned(table, name) for table, name in TABLES.items()]
