from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_contacts")]
    operations = [
        migrations.AddField(
            "user",
            "department",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Of a member of staff, as checklists name it (供电); they are told what it owes.",
                max_length=60,
            ),
        ),
    ]
