from django.db import migrations, models

from geo.sql import load
from geo.versions import versioned

KNOWN_BEFORE = """
INSERT INTO landparcels_parceltransition (parcel_id, code, action, before, after, at, actor, note, key)
SELECT parcel.id, parcel.code, 'import', 'draft', parcel.status, coalesce(source.loaded_at, now()),
       coalesce(loader.username, ''), coalesce(source.name, ''), ''
FROM landparcels_parcel AS parcel
LEFT JOIN geo_source AS source ON source.id = parcel.source_id
LEFT JOIN accounts_user AS loader ON loader.id = source.loaded_by_id
WHERE parcel.status <> 'draft'
"""
UNDO = "DROP TRIGGER history_is_final ON landparcels_parceltransition; DROP FUNCTION landparcels_history_is_final();"


class Migration(migrations.Migration):
    dependencies = [("landparcels", "0005_city_indicators"), ("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ParcelTransition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="The parcel's, as it was then.", max_length=60)),
                ("action", models.CharField(max_length=12)),
                ("before", models.CharField(max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(help_text="Username; blank: the system itself.", max_length=150)),
                ("note", models.TextField(blank=True)),
                (
                    "key",
                    models.CharField(
                        blank=True,
                        help_text="Idempotency-Key of the request; a repeat finds this row.",
                        max_length=80,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="transitions",
                        to="landparcels.parcel",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["parcel", "id"], name="parceltransition_parcel"),
                    models.Index(fields=["after", "at"], name="parceltransition_after"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("parcel", "key"),
                        name="parceltransition_key_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(load("transitions_are_final.sql", "landparcels.sql"), UNDO),
        versioned("landparcels_parceltransition", "parcel_transitions"),
        migrations.RunSQL(KNOWN_BEFORE, migrations.RunSQL.noop),
    ]
