"""What follows a load is told of; mass tables check what they name once per statement and carry no index twice."""

import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models

from geo.references import FUNCTIONS, FUNCTIONS_GONE, checked_by_statement


class Migration(migrations.Migration):
    dependencies = [("geo", "0004_grid_without_doubled_index")]

    operations = [
        migrations.AddField(
            model_name="importjob",
            name="following",
            field=models.JSONField(
                help_text="What is worked out from the loaded rows just now, in words; null: nothing any more.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="gridvalue",
            name="layer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="values",
                to="geo.gridlayer",
            ),
        ),
        migrations.AlterField(
            model_name="gridvalue",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="geo.source",
            ),
        ),
        migrations.AlterField(
            model_name="facility",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="geo.source",
            ),
        ),
        migrations.AlterField(
            model_name="facility",
            name="place",
            field=django.contrib.gis.db.models.fields.PointField(spatial_index=False, srid=4490),
        ),
        migrations.AlterField(
            model_name="facility",
            name="code",
            field=models.CharField(max_length=60),
        ),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.UniqueConstraint(fields=("code",), name="facility_code"),
        ),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_GONE),
        checked_by_statement("geo_gridvalue", "layer_id", "geo_gridlayer", "code"),
        checked_by_statement("geo_gridvalue", "source_id", "geo_source", "id"),
        checked_by_statement("geo_facility", "source_id", "geo_source", "id"),
    ]
