"""Names of several: Indonesian has no plural s."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_keep_paths_true"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="agency",
            options={
                "ordering": ["name", "pk"],
                "verbose_name": "instansi",
                "verbose_name_plural": "instansi",
            },
        ),
        migrations.AlterModelOptions(
            name="office",
            options={
                "ordering": ["path"],
                "verbose_name": "kantor pengawas",
                "verbose_name_plural": "kantor pengawas",
            },
        ),
        migrations.AlterModelOptions(
            name="region",
            options={
                "ordering": ["code"],
                "verbose_name": "wilayah",
                "verbose_name_plural": "wilayah",
            },
        ),
        migrations.AlterModelOptions(
            name="unit",
            options={
                "ordering": ["path", "pk"],
                "verbose_name": "unit kerja",
                "verbose_name_plural": "unit kerja",
            },
        ),
        migrations.AlterModelOptions(
            name="unitsuccession",
            options={
                "ordering": ["effective_on", "pk"],
                "verbose_name": "perubahan unit kerja",
                "verbose_name_plural": "perubahan unit kerja",
            },
        ),
    ]
