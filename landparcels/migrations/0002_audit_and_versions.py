from django.db import migrations

from accounts.audit import audited
from geo.versions import versioned


class Migration(migrations.Migration):
    dependencies = [("landparcels", "0001_initial"), ("geo", "0002_audit_and_versions")]
    operations = [
        audited("landparcels_parcel"),
        audited("landparcels_regionalvalue"),
        audited("landparcels_requirementprofile"),
        versioned("landparcels_parcel", "parcels"),
        versioned("landparcels_regionalvalue", "regional_values"),
        versioned("landparcels_requirementprofile", "requirement_profiles"),
    ]
