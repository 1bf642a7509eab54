from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from accounts.audit import audited
from geo.versions import COUNTER, versioned


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_initial"), ("accounts", "0002_audit")]
    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(COUNTER, "DROP FUNCTION luodi_bump()"),
        audited("geo_region", "adcode"),
        audited("geo_facility"),
        audited("geo_zone"),
        audited("geo_road"),
        audited("geo_gridlayer", "code"),
        versioned("geo_region", "regions"),
        versioned("geo_facility", "facilities"),
        versioned("geo_zone", "zones"),
        versioned("geo_road", "roads"),
        versioned("geo_gridlayer", "grid"),
        versioned("geo_gridvalue", "grid"),
        versioned("geo_source", "sources"),
    ]
