"""The few open clocks for completing a report are found by office and end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_squashed")]

    operations = [
        migrations.AddIndex(
            model_name="legalclock",
            index=models.Index(
                condition=models.Q(("code", "COMPLETION"), ("state", "open")),
                fields=["organisation_path", "due_at"],
                name="clock_completion_open_by_due",
            ),
        ),
    ]
