import django.db.models.deletion
from django.db import migrations, models

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0005_supply_ties_audit_and_versions"),
        ("geo", "0004_grid_without_doubled_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expansion", "扩产 Expansion"),
                            ("financing", "融资 Financing"),
                            ("relocation", "搬迁 Relocation"),
                            ("lease_end", "租约到期 Lease end"),
                            ("bid", "中标 Bid won"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True, db_default="", default="")),
                (
                    "reference",
                    models.TextField(blank=True, db_default="", default="", help_text="Where it was heard."),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signals",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="geo.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enterprise", "date", "kind"), name="signal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["expansion", "financing", "relocation", "lease_end", "bid"])),
                        name="signal_kind_known",
                    ),
                ],
            },
        ),
        audited("enterprises_signal"),
        versioned("enterprises_signal", "signals"),
    ]
