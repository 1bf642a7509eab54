import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

SHOWN_SINCE = """
SELECT set_config('luodi.bulk', 'migration', true);
UPDATE landparcels_parcel AS parcel
SET shown_since = coalesce((
    SELECT max(step.at) FROM landparcels_parceltransition AS step WHERE step.parcel_id = parcel.id
), now())
WHERE parcel.status IN ('published', 'reserved', 'transferred');
SELECT set_config('luodi.bulk', '', true)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("geo", "0004_grid_without_doubled_index"),
        ("landparcels", "0007_issued_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParcelShown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("far_min", models.FloatField(blank=True, null=True)),
                ("far_max", models.FloatField(blank=True, null=True)),
                ("building_coefficient_min", models.FloatField(blank=True, null=True)),
                ("green_ratio_max", models.FloatField(blank=True, null=True)),
                ("building_height_max", models.FloatField(blank=True, null=True)),
                ("office_land_ratio_max", models.FloatField(blank=True, null=True)),
                ("investment_intensity_min", models.FloatField(blank=True, null=True)),
                ("output_per_mu_min", models.FloatField(blank=True, null=True)),
                ("tax_per_mu_min", models.FloatField(blank=True, null=True)),
                ("energy_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("cod_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("nox_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("water_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("rd_intensity_min", models.FloatField(blank=True, null=True)),
                ("jobs_per_mu_min", models.FloatField(blank=True, null=True)),
                ("electricity_price", models.FloatField(blank=True, null=True)),
                ("electricity_valley_price", models.FloatField(blank=True, null=True)),
                ("power_capacity", models.FloatField(blank=True, null=True)),
                ("water_price", models.FloatField(blank=True, null=True)),
                ("water_capacity", models.FloatField(blank=True, null=True)),
                ("gas_price", models.FloatField(blank=True, null=True)),
                ("gas_capacity", models.FloatField(blank=True, null=True)),
                ("steam_price", models.FloatField(blank=True, null=True)),
                ("sewage_price", models.FloatField(blank=True, null=True)),
                ("sewage_capacity", models.FloatField(blank=True, null=True)),
                ("corporate_tax_rate", models.FloatField(blank=True, null=True)),
                ("land_use_tax", models.FloatField(blank=True, null=True)),
                ("average_wage", models.FloatField(blank=True, null=True)),
                ("employer_insurance_rate", models.FloatField(blank=True, null=True)),
                ("hiring_subsidy", models.FloatField(blank=True, null=True)),
                ("labour_catchment", models.FloatField(blank=True, null=True)),
                ("vocational_graduates", models.FloatField(blank=True, null=True)),
                ("highway_km", models.FloatField(blank=True, null=True)),
                ("rail_km", models.FloatField(blank=True, null=True)),
                ("airport_km", models.FloatField(blank=True, null=True)),
                ("port_km", models.FloatField(blank=True, null=True)),
                ("metro_km", models.FloatField(blank=True, null=True)),
                ("hospital_km", models.FloatField(blank=True, null=True)),
                ("school_km", models.FloatField(blank=True, null=True)),
                ("housing_units", models.FloatField(blank=True, null=True)),
                ("regional_assessments", models.FloatField(blank=True, null=True)),
                ("start_price", models.FloatField(blank=True, null=True)),
                ("tenure_years", models.FloatField(blank=True, null=True)),
                ("services_level", models.FloatField(blank=True, null=True)),
                ("construction_months_max", models.FloatField(blank=True, null=True)),
                ("ramp_up_months_max", models.FloatField(blank=True, null=True)),
                ("name", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "land_use",
                    models.CharField(
                        blank=True, db_default="", default="", help_text="用地用海 code or name.", max_length=40
                    ),
                ),
                (
                    "admits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        db_default=models.Value(
                            [],
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "excludes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        db_default=models.Value(
                            [],
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "hazard_max",
                    models.CharField(
                        blank=True,
                        choices=[("none", "无 None"), ("low", "低 Low"), ("medium", "中 Medium"), ("high", "高 High")],
                        max_length=6,
                        null=True,
                    ),
                ),
                ("divisible", models.BooleanField(blank=True, null=True)),
                (
                    "supply_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("grant", "出让 Grant"),
                            ("flexible", "弹性年期 Flexible term"),
                            ("lease_first", "先租后让 Lease before grant"),
                            ("lease", "长期租赁 Long lease"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("bid_start", models.DateField(blank=True, null=True)),
                ("bid_deadline", models.DateField(blank=True, null=True)),
                ("deposit", models.FloatField(blank=True, help_text="10k CNY", null=True)),
                ("price_step", models.FloatField(blank=True, help_text="10k CNY", null=True)),
                ("contact_office", models.CharField(blank=True, db_default="", default="", max_length=120)),
                ("contact_phone", models.CharField(blank=True, db_default="", default="", max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "草稿 Draft"),
                            ("submitted", "已提交 Submitted"),
                            ("approved", "已审核 Approved"),
                            ("published", "已发布 Published"),
                            ("reserved", "已预留 Reserved"),
                            ("transferred", "已出让 Transferred"),
                            ("withdrawn", "已撤回 Withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("planned_listing", models.DateField(blank=True, null=True)),
                ("outline", django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=4490)),
                (
                    "cell",
                    models.BigIntegerField(
                        editable=False, help_text="Resolution-9 H3 cell of the label point.", null=True
                    ),
                ),
                (
                    "extra",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value({}, output_field=models.JSONField()),
                        default=dict,
                        help_text="Values of the city's own indicators by code; what is unknown is not there.",
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value({}, output_field=models.JSONField()),
                        default=dict,
                        help_text="Who vouches for a declared indicator, or for a group of them, until when (landparcels.evidence).",
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                (
                    "web",
                    django.contrib.gis.db.models.fields.MultiPolygonField(null=True, spatial_index=False, srid=3857),
                ),
                (
                    "label_point",
                    django.contrib.gis.db.models.fields.PointField(null=True, spatial_index=False, srid=4490),
                ),
                ("area_mu", models.FloatField(null=True)),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(help_text="Not included; null: it still stands.", null=True)),
                (
                    "status_now",
                    models.CharField(help_text="The parcel's today; null: it is gone.", max_length=12, null=True),
                ),
            ],
            options={
                "db_table": "landparcels_parcelshown",
                "managed": False,
            },
        ),
        migrations.AddField(
            model_name="parcel",
            name="shown_since",
            field=models.DateTimeField(
                editable=False, help_text="Since when it is public as it stands; null: not public.", null=True
            ),
        ),
        migrations.CreateModel(
            name="ParcelVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("far_min", models.FloatField(blank=True, null=True)),
                ("far_max", models.FloatField(blank=True, null=True)),
                ("building_coefficient_min", models.FloatField(blank=True, null=True)),
                ("green_ratio_max", models.FloatField(blank=True, null=True)),
                ("building_height_max", models.FloatField(blank=True, null=True)),
                ("office_land_ratio_max", models.FloatField(blank=True, null=True)),
                ("investment_intensity_min", models.FloatField(blank=True, null=True)),
                ("output_per_mu_min", models.FloatField(blank=True, null=True)),
                ("tax_per_mu_min", models.FloatField(blank=True, null=True)),
                ("energy_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("cod_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("nox_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("water_per_value_added_max", models.FloatField(blank=True, null=True)),
                ("rd_intensity_min", models.FloatField(blank=True, null=True)),
                ("jobs_per_mu_min", models.FloatField(blank=True, null=True)),
                ("electricity_price", models.FloatField(blank=True, null=True)),
                ("electricity_valley_price", models.FloatField(blank=True, null=True)),
                ("power_capacity", models.FloatField(blank=True, null=True)),
                ("water_price", models.FloatField(blank=True, null=True)),
                ("water_capacity", models.FloatField(blank=True, null=True)),
                ("gas_price", models.FloatField(blank=True, null=True)),
                ("gas_capacity", models.FloatField(blank=True, null=True)),
                ("steam_price", models.FloatField(blank=True, null=True)),
                ("sewage_price", models.FloatField(blank=True, null=True)),
                ("sewage_capacity", models.FloatField(blank=True, null=True)),
                ("corporate_tax_rate", models.FloatField(blank=True, null=True)),
                ("land_use_tax", models.FloatField(blank=True, null=True)),
                ("average_wage", models.FloatField(blank=True, null=True)),
                ("employer_insurance_rate", models.FloatField(blank=True, null=True)),
                ("hiring_subsidy", models.FloatField(blank=True, null=True)),
                ("labour_catchment", models.FloatField(blank=True, null=True)),
                ("vocational_graduates", models.FloatField(blank=True, null=True)),
                ("highway_km", models.FloatField(blank=True, null=True)),
                ("rail_km", models.FloatField(blank=True, null=True)),
                ("airport_km", models.FloatField(blank=True, null=True)),
                ("port_km", models.FloatField(blank=True, null=True)),
                ("metro_km", models.FloatField(blank=True, null=True)),
                ("hospital_km", models.FloatField(blank=True, null=True)),
                ("school_km", models.FloatField(blank=True, null=True)),
                ("housing_units", models.FloatField(blank=True, null=True)),
                ("regional_assessments", models.FloatField(blank=True, null=True)),
                ("start_price", models.FloatField(blank=True, null=True)),
                ("tenure_years", models.FloatField(blank=True, null=True)),
                ("services_level", models.FloatField(blank=True, null=True)),
                ("construction_months_max", models.FloatField(blank=True, null=True)),
                ("ramp_up_months_max", models.FloatField(blank=True, null=True)),
                ("name", models.CharField(blank=True, db_default="", default="", max_length=200)),
                (
                    "land_use",
                    models.CharField(
                        blank=True, db_default="", default="", help_text="用地用海 code or name.", max_length=40
                    ),
                ),
                (
                    "admits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        db_default=models.Value(
                            [],
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "excludes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        db_default=models.Value(
                            [],
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "hazard_max",
                    models.CharField(
                        blank=True,
                        choices=[("none", "无 None"), ("low", "低 Low"), ("medium", "中 Medium"), ("high", "高 High")],
                        max_length=6,
                        null=True,
                    ),
                ),
                ("divisible", models.BooleanField(blank=True, null=True)),
                (
                    "supply_mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("grant", "出让 Grant"),
                            ("flexible", "弹性年期 Flexible term"),
                            ("lease_first", "先租后让 Lease before grant"),
                            ("lease", "长期租赁 Long lease"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("bid_start", models.DateField(blank=True, null=True)),
                ("bid_deadline", models.DateField(blank=True, null=True)),
                ("deposit", models.FloatField(blank=True, help_text="10k CNY", null=True)),
                ("price_step", models.FloatField(blank=True, help_text="10k CNY", null=True)),
                ("contact_office", models.CharField(blank=True, db_default="", default="", max_length=120)),
                ("contact_phone", models.CharField(blank=True, db_default="", default="", max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "草稿 Draft"),
                            ("submitted", "已提交 Submitted"),
                            ("approved", "已审核 Approved"),
                            ("published", "已发布 Published"),
                            ("reserved", "已预留 Reserved"),
                            ("transferred", "已出让 Transferred"),
                            ("withdrawn", "已撤回 Withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("planned_listing", models.DateField(blank=True, null=True)),
                ("outline", django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=4490)),
                (
                    "cell",
                    models.BigIntegerField(
                        editable=False, help_text="Resolution-9 H3 cell of the label point.", null=True
                    ),
                ),
                (
                    "extra",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value({}, output_field=models.JSONField()),
                        default=dict,
                        help_text="Values of the city's own indicators by code; what is unknown is not there.",
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value({}, output_field=models.JSONField()),
                        default=dict,
                        help_text="Who vouches for a declared indicator, or for a group of them, until when (landparcels.evidence).",
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                (
                    "web",
                    django.contrib.gis.db.models.fields.MultiPolygonField(null=True, spatial_index=False, srid=3857),
                ),
                (
                    "label_point",
                    django.contrib.gis.db.models.fields.PointField(null=True, spatial_index=False, srid=4490),
                ),
                ("area_mu", models.FloatField(null=True)),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(help_text="Not included; null: it still stands.", null=True)),
                ("parcel", models.BigIntegerField(help_text="Id of the parcel, which may be gone.")),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="geo.region",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="geo.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["parcel", "valid_from"], name="parcelversion_parcel"),
                    models.Index(fields=["valid_to", "valid_from"], name="parcelversion_valid"),
                    django.contrib.postgres.indexes.GistIndex(fields=["web"], name="parcelversion_web"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="parcelversion_ended"
                    )
                ],
            },
        ),
        migrations.RunSQL(SHOWN_SINCE, migrations.RunSQL.noop),
    ]
