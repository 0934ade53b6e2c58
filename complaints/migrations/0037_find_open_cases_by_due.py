"""The cases that are open and registered are found, and counted, by their clock from one index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("complaints", "0036_index_filled_keys")]

    operations = [
        migrations.RemoveIndex(model_name="matter", name="matter_by_due"),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(
                    ~models.Q(state="CLOSED"), due_at__isnull=False, registered_at__isnull=False
                ),
                name="matter_by_due",
            ),
        ),
    ]
