import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from geo.versions import versioned

FINAL = """
CREATE FUNCTION luodi_issued_card_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'issued_by_id' = to_jsonb(OLD) - 'issued_by_id' THEN
        RETURN NEW;  -- an account was removed
    END IF;
    RAISE EXCEPTION 'an issued card is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER issued_card_is_final BEFORE UPDATE OR DELETE ON landparcels_issuedcard
    FOR EACH ROW EXECUTE FUNCTION luodi_issued_card_is_final();
"""
FINAL_UNDONE = """
DROP TRIGGER issued_card_is_final ON landparcels_issuedcard;
DROP FUNCTION luodi_issued_card_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("landparcels", "0006_parcel_transitions"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="The first 16 hexadecimal digits of the hash.", max_length=16, unique=True
                    ),
                ),
                ("digest", models.CharField(help_text="SM3 of the canonical content.", max_length=64, unique=True)),
                (
                    "parcel",
                    models.CharField(
                        db_index=True, help_text="Code of the parcel, whatever becomes of it.", max_length=60
                    ),
                ),
                ("language", models.CharField(choices=[("zh", "中文"), ("en", "English")], max_length=2)),
                (
                    "content",
                    models.TextField(help_text="The very text that was hashed: JSON with sorted keys and no blanks."),
                ),
                ("issued_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: a visitor.",
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
                        condition=models.Q(("digest__startswith", models.F("code"))),
                        name="issuedcard_code_begins_the_hash",
                    )
                ],
            },
        ),
        versioned("landparcels_issuedcard", "issued_cards"),
        migrations.RunSQL(FINAL, FINAL_UNDONE),
    ]
