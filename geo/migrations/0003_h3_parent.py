from django.db import migrations

H3_PARENT = """
CREATE FUNCTION luodi_h3_parent(cell bigint, resolution integer) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    -- The resolution stands in bits 52 to 55; digits finer than it are all ones.
    SELECT (cell & ~(15::bigint << 52)) | (resolution::bigint << 52) | ((1::bigint << (3 * (15 - resolution))) - 1)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_audit_and_versions")]
    operations = [migrations.RunSQL(H3_PARENT, "DROP FUNCTION luodi_h3_parent(bigint, integer)")]
