from django.db import migrations

INDEXES = {
    "landparcels_parcel_code_76df95df_like": "code",
    "landparcels_parcel_region_id_19d189d5_like": "region_id",
}


class Migration(migrations.Migration):
    """Django indexes a text that is a key twice, the second time for LIKE 'x%', which nobody asks of these. Each row
    that a load writes over an older one is entered into every index anew.
    """

    dependencies = [
        ("landparcels", "0017_power_by_voltage"),
    ]

    operations = [
        migrations.RunSQL(
            f'DROP INDEX IF EXISTS "{name}"',
            f'CREATE INDEX IF NOT EXISTS "{name}" ON landparcels_parcel ({column} varchar_pattern_ops)',
        )
        for name, column in INDEXES.items()
    ]
