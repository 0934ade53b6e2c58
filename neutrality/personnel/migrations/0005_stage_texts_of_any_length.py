"""Rows are staged whatever their length: the check says which texts are too long."""

from django.db import migrations

COLUMNS = ("name", "unit_code", "unit_name", "position_title", "grade")
LENGTHS = (160, 40, 200, 200, 8)
ANY = "ALTER TABLE personnel_rosterrow " + ", ".join(
    f"ALTER COLUMN {column} TYPE text" for column in COLUMNS
)
CUT = "TRUNCATE personnel_rosterrow; ALTER TABLE personnel_rosterrow " + ", ".join(
    f"ALTER COLUMN {column} TYPE varchar({length})"
    for column, length in zip(COLUMNS, LENGTHS, strict=True)
)


class Migration(migrations.Migration):
    dependencies = [("personnel", "0004_keep_rosters_whole")]

    operations = [migrations.RunSQL(ANY, CUT)]
