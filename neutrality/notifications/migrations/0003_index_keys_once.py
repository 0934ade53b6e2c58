"""Nobody looks up what a message is told once by how its key begins."""

from django.db import migrations

from neutrality.schema import without_patterns


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_know_contact_points")]

    operations = [without_patterns(tables=r"notifications\_outbox")]
