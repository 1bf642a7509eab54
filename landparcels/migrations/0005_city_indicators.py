import django.db.models.deletion
from django.db import migrations, models

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0004_grid_without_doubled_index"),
        ("landparcels", "0004_parcel_neighbours"),
    ]

    operations = [
        migrations.CreateModel(
            name="CityIndicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, db_default="", default="", max_length=80)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("admission", "准入指标 Admission"),
                            ("terms", "供地条件 Terms"),
                            ("energy", "能源水务 Energy and water"),
                            ("policy", "政策人力 Policy and labour"),
                            ("services", "配套服务 Services"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("number", "数值 Number"),
                            ("choice", "单选 One choice"),
                            ("choices", "多选 Several choices"),
                            ("yes_no", "是否 Yes or no"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "unit",
                    models.CharField(db_default="1", default="1", help_text="1 where there is none.", max_length=40),
                ),
                (
                    "bound",
                    models.CharField(
                        choices=[
                            ("at_least", "下限 At least"),
                            ("at_most", "上限 At most"),
                            ("higher_better", "越高越好 Higher is better"),
                            ("lower_better", "越低越好 Lower is better"),
                            ("neutral", "无高低 Neutral"),
                        ],
                        db_default="neutral",
                        default="neutral",
                        max_length=14,
                    ),
                ),
                ("low", models.FloatField(blank=True, help_text="Sane range of a number, inclusive.", null=True)),
                ("high", models.FloatField(blank=True, null=True)),
                (
                    "choices",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value([], output_field=models.JSONField()),
                        default=list,
                        help_text='[{"code", "zh", "en"}] in the order that people see.',
                    ),
                ),
                ("department_zh", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("department_en", models.CharField(blank=True, db_default="", default="", max_length=80)),
                ("legal_basis_zh", models.TextField(blank=True, db_default="", default="")),
                ("legal_basis_en", models.TextField(blank=True, db_default="", default="")),
                ("note_zh", models.TextField(blank=True, db_default="", default="")),
                ("note_en", models.TextField(blank=True, db_default="", default="")),
                (
                    "position",
                    models.PositiveIntegerField(db_default=100, default=100, help_text="Order within the group."),
                ),
                ("public", models.BooleanField(db_default=True, default=True)),
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
                "ordering": ["group", "position", "code"],
            },
        ),
        migrations.AddField(
            model_name="parcel",
            name="evidence",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, output_field=models.JSONField()),
                default=dict,
                help_text="Who vouches for a declared indicator, or for a group of them, until when (landparcels.evidence).",
            ),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="extra",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, output_field=models.JSONField()),
                default=dict,
                help_text="Values of the city's own indicators by code; what is unknown is not there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[a-z][a-z0-9]*(_[a-z0-9]+)*$")), name="cityindicator_code_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="cityindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("type__in", ["number", "choice", "choices", "yes_no"])),
                name="cityindicator_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("group__in", ["admission", "terms", "energy", "policy", "services"])),
                name="cityindicator_group_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("bound__in", ["at_least", "at_most", "higher_better", "lower_better", "neutral"])),
                name="cityindicator_bound_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("low", None), ("high", None), ("low__lte", models.F("high")), _connector="OR"),
                name="cityindicator_range_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("type__in", ("choice", "choices")), models.Q(("choices", []), _negated=True)),
                    models.Q(models.Q(("type__in", ("choice", "choices")), _negated=True), ("choices", [])),
                    _connector="OR",
                ),
                name="cityindicator_choices_where_wanted",
            ),
        ),
        audited("landparcels_cityindicator"),
        versioned("landparcels_cityindicator", "city_indicators"),
    ]
