from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("landparcels", "0011_referrals")]
    operations = [
        migrations.CreateModel(
            name="WorkedOut",
            fields=[
                ("what", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
