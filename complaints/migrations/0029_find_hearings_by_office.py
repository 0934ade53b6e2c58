"""Sessions and assessments know their office, so that the inbox finds what is open there."""

from django.db import migrations, models

_COPY = """
    UPDATE complaints_{table} AS row SET office_path = matter.office_path
    FROM complaints_matter AS matter WHERE matter.id = row.matter_id
"""
_OPEN = models.Q(
    ("state", "PLANNED"),
    models.Q(("confirmed_at__isnull", True), ("state", "HELD")),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0028_tell_appeal_from_objection")]

    operations = [
        migrations.RemoveIndex(model_name="assessment", name="assessment_waiting"),
        migrations.AddField(
            model_name="clarificationsession",
            name="office_path",
            field=models.CharField(max_length=100, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="assessment",
            name="office_path",
            field=models.CharField(max_length=100, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(_COPY.format(table="clarificationsession"), migrations.RunSQL.noop),
        migrations.RunSQL(_COPY.format(table="assessment"), migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="clarificationsession",
            index=models.Index(
                models.F("office_path"),
                models.F("starts_at"),
                models.F("id"),
                condition=_OPEN,
                name="session_open",
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                models.F("office_path"),
                models.F("matter"),
                condition=models.Q(("approved_at__isnull", True)),
                name="assessment_waiting",
            ),
        ),
    ]
