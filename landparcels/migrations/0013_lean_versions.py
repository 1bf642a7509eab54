import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0005_loads_that_follow"),
        ("landparcels", "0012_worked_out"),
    ]

    operations = [
        migrations.AlterField(
            model_name="parcelversion",
            name="region",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="geo.region",
            ),
        ),
        migrations.AlterField(
            model_name="parcelversion",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="geo.source",
            ),
        ),
    ]
