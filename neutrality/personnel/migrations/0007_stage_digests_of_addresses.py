"""Rows may bring addresses; what is staged of them is a digest."""

from django.db import migrations

ADD = "ALTER TABLE personnel_rosterrow ADD COLUMN email bytea, ADD COLUMN phone bytea"
DROP = "ALTER TABLE personnel_rosterrow DROP COLUMN email, DROP COLUMN phone"


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_squashed_0006_number_persons_when_compared")]

    operations = [migrations.RunSQL(ADD, DROP)]
