import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [
        ("landparcels", "0008_what_was_shown"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ParcelDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planning", "规划条件 Planning conditions"),
                            ("survey", "勘测定界 Survey"),
                            ("assessment", "评估报告 Assessment"),
                            ("approval", "批复文件 Approval"),
                            ("drawing", "图纸 Drawing"),
                            ("notice", "公告 Notice"),
                            ("photo", "现场照片 Photograph"),
                            ("other", "其他 Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("dated", models.DateField(blank=True, help_text="The day on the paper.", null=True)),
                ("public", models.BooleanField(db_default=False, default=False)),
                ("file_name", models.CharField(help_text="As it is saved by those who fetch it.", max_length=200)),
                ("path", models.CharField(max_length=200, unique=True)),
                ("media_type", models.CharField(max_length=60)),
                ("size", models.BigIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="landparcels.parcel"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["planning", "survey", "assessment", "approval", "drawing", "notice", "photo", "other"],
                            )
                        ),
                        name="parceldocument_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="parceldocument_not_empty"),
                ],
            },
        ),
        audited("landparcels_parceldocument"),
        versioned("landparcels_parceldocument", "parcel_documents"),
    ]
