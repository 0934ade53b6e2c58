"""A blind index is found by its identity in the index that keeps one for each purpose."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0001_squashed_0003_add_arrivals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="blindindex",
            name="identity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="blind_indexes",
                to="vault.identity",
                verbose_name="identitas",
            ),
        ),
    ]
