"""The unit of an employment belongs to the employment's agency."""

from django.db import migrations

FORWARD = """
ALTER TABLE personnel_employment ADD CONSTRAINT employment_unit_of_its_agency
    FOREIGN KEY (unit_id, agency_id) REFERENCES organisations_unit (id, agency_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = "ALTER TABLE personnel_employment DROP CONSTRAINT employment_unit_of_its_agency;"


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
