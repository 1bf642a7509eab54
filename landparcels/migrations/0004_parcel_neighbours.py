from django.db import migrations, models

from geo.sql import load

UNDO = """
DROP TRIGGER neighbours_insert ON landparcels_parcel;
DROP TRIGGER neighbours_update ON landparcels_parcel;
DROP TRIGGER neighbours_delete ON landparcels_parcel;
DROP TRIGGER neighbours_truncate ON landparcels_parcel;
DROP FUNCTION landparcels_neighbours_inserted();
DROP FUNCTION landparcels_neighbours_redrawn();
DROP FUNCTION landparcels_neighbours_gone();
DROP FUNCTION landparcels_touching(bigint, geometry, double precision, bigint);
DROP FUNCTION landparcels_shared_metres(geometry, geometry, double precision);
"""


class Migration(migrations.Migration):
    dependencies = [("landparcels", "0003_parcel_changes")]
    operations = [
        migrations.CreateModel(
            name="ParcelNeighbour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("second", models.BigIntegerField(db_index=True)),
                ("metres", models.FloatField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("first", "second"), name="parcelneighbour_once")],
            },
        ),
        migrations.RunSQL(load("neighbours.sql", "landparcels.sql"), UNDO),
    ]
