"""Foreign keys that may be empty are indexed where they are filled, and who acted is not."""

from django.db import migrations

from neutrality.schema import filled_keys


class Migration(migrations.Migration):
    dependencies = [("complaints", "0035_index_no_judges")]

    operations = [
        migrations.RemoveIndex("party", "party_by_person"),
        filled_keys(tables=r"complaints\_%"),
    ]
