"""Names of several: Indonesian has no plural s."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0002_bind_stage_to_election"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="contest",
            options={
                "ordering": ["election", "kind", "region__code"],
                "verbose_name": "kontestasi",
                "verbose_name_plural": "kontestasi",
            },
        ),
        migrations.AlterModelOptions(
            name="election",
            options={
                "ordering": ["-polling_on", "code"],
                "verbose_name": "pemilihan",
                "verbose_name_plural": "pemilihan",
            },
        ),
        migrations.AlterModelOptions(
            name="stage",
            options={
                "ordering": ["starts_on", "pk"],
                "verbose_name": "tahapan",
                "verbose_name_plural": "tahapan",
            },
        ),
    ]
