import django.db.models.deletion
from django.db import migrations, models

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [
        ("landparcels", "0009_parcel_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "number",
                    models.CharField(help_text="公告号; several parcels may be offered under one.", max_length=80),
                ),
                ("url", models.URLField(blank=True, max_length=500)),
                ("area_mu", models.FloatField(help_text="As announced; a later outline does not change it.")),
                ("announced_on", models.DateField()),
                ("listed_on", models.DateField(blank=True, help_text="Since when bids are taken.", null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("sold", "成交 Sold"), ("failed", "流拍 Not sold"), ("cancelled", "终止 Called off")],
                        db_default="",
                        default="",
                        max_length=10,
                    ),
                ),
                ("deal_price", models.FloatField(blank=True, help_text="10k CNY in all", null=True)),
                ("supply_mode", models.CharField(blank=True, max_length=12, null=True)),
                ("start_price", models.FloatField(blank=True, help_text="10k CNY/mu", null=True)),
                ("deposit", models.FloatField(blank=True, help_text="10k CNY", null=True)),
                ("price_step", models.FloatField(blank=True, help_text="10k CNY", null=True)),
                ("bid_start", models.DateField(blank=True, null=True)),
                ("bid_deadline", models.DateField(blank=True, null=True)),
                ("contact_office", models.CharField(blank=True, db_default="", default="", max_length=120)),
                ("contact_phone", models.CharField(blank=True, db_default="", default="", max_length=40)),
                (
                    "stage",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(models.Q(("outcome", ""), _negated=True), then=models.F("outcome")),
                            models.When(models.Q(("listed_on", None), _negated=True), then=models.Value("listed")),
                            default=models.Value("announced"),
                            output_field=models.CharField(max_length=10),
                        ),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="landparcels.parcel"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["announced_on", "id"], name="notice_announced"),
                    models.Index(fields=["closed_on"], name="notice_closed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("parcel", "round"), name="notice_round_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)), fields=("parcel",), name="notice_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("outcome", "")),
                            models.Q(("closed_on__isnull", False), ("outcome__in", ["sold", "failed", "cancelled"])),
                            _connector="OR",
                        ),
                        name="notice_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("listed_on", None), ("listed_on__gte", models.F("announced_on")), _connector="OR"
                            ),
                            models.Q(
                                ("closed_on", None), ("closed_on__gte", models.F("announced_on")), _connector="OR"
                            ),
                            models.Q(
                                ("closed_on", None),
                                ("listed_on", None),
                                ("closed_on__gte", models.F("listed_on")),
                                _connector="OR",
                            ),
                        ),
                        name="notice_days_in_order",
                    ),
                ],
            },
        ),
        audited("landparcels_notice"),
        versioned("landparcels_notice", "notices"),
    ]
