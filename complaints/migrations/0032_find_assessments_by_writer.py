"""Assessments of an office by their writer: who approves finds those of the others."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0031_keep_issued_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="assessment", name="assessment_waiting"),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                models.F("office_path"),
                models.F("written_by"),
                condition=models.Q(("approved_at__isnull", True)),
                name="assessment_waiting",
            ),
        ),
    ]
