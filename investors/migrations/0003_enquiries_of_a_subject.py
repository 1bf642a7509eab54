from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("investors", "0002_audit_and_final_consents")]
    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="subject",
            field=models.JSONField(
                blank=True,
                help_text="What it is about where no parcels are: zh, en, and the path of its page.",
                null=True,
            ),
        ),
    ]
