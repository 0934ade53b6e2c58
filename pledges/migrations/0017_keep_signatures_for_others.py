"""A signature for others can only be annulled, like one's own."""

from django.db import migrations

KEEP = """
CREATE TRIGGER pledges_keep_signature_for_others
  BEFORE UPDATE OR DELETE ON pledges_representativesignature
  FOR EACH ROW EXECUTE FUNCTION pledges_keep_signature();
"""
LEAVE = "DROP TRIGGER pledges_keep_signature_for_others ON pledges_representativesignature"


class Migration(migrations.Migration):
    dependencies = [("pledges", "0016_annul_signatures_for_others")]

    operations = [migrations.RunSQL(KEEP, LEAVE)]
