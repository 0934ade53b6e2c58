"""A message to a respondent keeps which copies of evidence went with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0033_index_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="copies",
            field=models.ManyToManyField(
                blank=True, related_name="messages", to="complaints.derivative"
            ),
        ),
    ]
