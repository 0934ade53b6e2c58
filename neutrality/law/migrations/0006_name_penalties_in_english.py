"""The penalty of another law in English too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law", "0005_add_data_request_period")]

    operations = [
        migrations.AddField(
            model_name="otherlaw",
            name="penalty_en",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="ancaman (Inggris)"
            ),
            preserve_default=False,
        ),
    ]
