from django.db import migrations, models

from geo.sql import load

UNDO = """
DROP TRIGGER note_changes_insert ON landparcels_parcel;
DROP TRIGGER note_changes_update ON landparcels_parcel;
DROP TRIGGER note_changes_delete ON landparcels_parcel;
DROP TRIGGER note_changes_truncate ON landparcels_parcel;
DROP FUNCTION landparcels_note_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("landparcels", "0002_audit_and_versions")]
    operations = [
        migrations.CreateModel(
            name="ParcelChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.BigIntegerField(db_index=True)),
                ("parcel", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.RunSQL(load("note_changes.sql", "landparcels.sql"), UNDO),
    ]
