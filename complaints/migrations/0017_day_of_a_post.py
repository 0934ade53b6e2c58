from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0016_announcement_by_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="posted_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
