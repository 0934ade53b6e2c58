"""Persons get their number when rows are compared, in the order of their digests."""

from django.db import migrations

LATER = "ALTER TABLE personnel_rosterrow DROP COLUMN person_id"
AT_ONCE = (
    "ALTER TABLE personnel_rosterrow ADD COLUMN person_id bigint NOT NULL"
    " DEFAULT nextval('personnel_person_id_seq')"
)


class Migration(migrations.Migration):
    dependencies = [("personnel", "0005_stage_texts_of_any_length")]

    operations = [migrations.RunSQL(LATER, AT_ONCE)]
