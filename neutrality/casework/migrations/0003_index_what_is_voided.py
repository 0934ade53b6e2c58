"""Of the steps only those that void another stand in an index; the others are almost all."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_find_late_completions"),
        ("documents", "0007_index_codes_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="voided_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voids",
                to="casework.step",
                verbose_name="dibatalkan oleh koreksi",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_by__isnull", False)),
                fields=("voided_by",),
                name="step_voids_one",
            ),
        ),
    ]
