"""The instant of a reminder is named as one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pledges", "0010_find_moved_units_by_round")]
    operations = [migrations.RenameField("reminder", "planned_for", "send_at")]
