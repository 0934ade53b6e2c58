"""Foreign keys that may be empty are indexed where they are filled, and who acted is not."""

from django.db import migrations

from neutrality.schema import filled_keys


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_index_codes_once")]

    operations = [
        # A paper is rendered when somebody opens it, and found by its id.
        migrations.RemoveIndex("document", "document_to_render"),
        filled_keys(tables=r"documents\_%"),
    ]
