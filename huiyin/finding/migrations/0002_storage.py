"""Keys lie beside long rows uncompressed, and are not sampled: searches are planned alike however they are spread."""

from django.db import migrations

SET = """
ALTER TABLE finding_wording ALTER COLUMN keys SET STORAGE EXTERNAL;
ALTER TABLE finding_wording ALTER COLUMN keys SET STATISTICS 0;
"""
UNSET = """
ALTER TABLE finding_wording ALTER COLUMN keys SET STORAGE EXTENDED;
ALTER TABLE finding_wording ALTER COLUMN keys SET STATISTICS -1;
"""


class Migration(migrations.Migration):
    dependencies = [("finding", "0001_initial")]
    operations = [migrations.RunSQL(SET, UNSET)]
