"""A publication may be a web address instead of a file, and says in a sentence what it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_publish_circulars_and_outreach"),
        ("organisations", "0002_keep_paths_true"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="summary",
            field=models.CharField(blank=True, max_length=500, verbose_name="isi singkat"),
        ),
        migrations.AddField(
            model_name="publication",
            name="url",
            field=models.URLField(blank=True, max_length=500, verbose_name="alamat web"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="file",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="berkas"
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="media_type",
            field=models.CharField(
                blank=True, editable=False, max_length=40, verbose_name="jenis berkas"
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="sha256",
            field=models.CharField(
                blank=True, editable=False, max_length=64, verbose_name="SHA-256"
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="size",
            field=models.BigIntegerField(default=0, editable=False, verbose_name="ukuran (byte)"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("file", ""), ("url", ""), _negated=True),
                name="publication_has_a_file_or_an_address",
            ),
        ),
    ]
