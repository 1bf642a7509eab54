from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [("board", "0001_board"), ("geo", "0002_audit_and_versions"), ("accounts", "0004_contacts")]
    operations = [
        audited("board_post", personal=("person", "phone", "email")),
        audited("board_synonym"),
        audited("board_introduction"),
        versioned("board_post", "board_posts"),
        versioned("board_synonym", "product_synonyms"),
    ]
