"""The instant of a reminder is named as one; Postgres renames the column of its index itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0010_find_moved_units_by_round")]
    operations = [
        migrations.RenameField("reminder", "planned_for", "send_at"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("reminder", "reminder_to_send"),
                migrations.AddIndex(
                    "reminder",
                    models.Index(
                        fields=["send_at", "id"],
                        name="reminder_to_send",
                        condition=models.Q(outcome=""),
                    ),
                ),
            ]
        ),
    ]
