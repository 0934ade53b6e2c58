from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0015_search_names_of_tips"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(
                models.F("published_at"), models.F("id"), name="announcement_by_day"
            ),
        ),
    ]
