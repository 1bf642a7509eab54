from django.db import migrations

INDEXES = {
    "enterprises_enterprise_uscc_b6a5c3f2_like": "uscc",
    "enterprises_enterprise_region_id_095272a5_like": "region_id",
}


class Migration(migrations.Migration):
    """Django indexes a text that is a key twice, the second time for LIKE 'x%', which nobody asks of these. Each row
    that a load writes over an older one is entered into every index anew.
    """

    dependencies = [
        ("enterprises", "0006_signals"),
    ]

    operations = [
        migrations.RunSQL(
            f'DROP INDEX IF EXISTS "{name}"',
            f'CREATE INDEX IF NOT EXISTS "{name}" ON enterprises_enterprise ({column} varchar_pattern_ops)',
        )
        for name, column in INDEXES.items()
    ]
