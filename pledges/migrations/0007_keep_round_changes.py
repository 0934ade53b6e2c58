"""What was changed of a running round stays as it was written."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pledges", "0006_sign_together")]
    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER pledges_roundchange_never_changes BEFORE UPDATE OR DELETE"
            " ON pledges_roundchange FOR EACH ROW EXECUTE FUNCTION pledges_refuse_change()",
            reverse_sql="DROP TRIGGER pledges_roundchange_never_changes ON pledges_roundchange",
        ),
    ]
