"""A stage of a contest belongs to the contest's election."""

from django.db import migrations

FORWARD = """
ALTER TABLE elections_stage ADD CONSTRAINT stage_contest_of_its_election
    FOREIGN KEY (contest_id, election_id) REFERENCES elections_contest (id, election_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = "ALTER TABLE elections_stage DROP CONSTRAINT stage_contest_of_its_election;"


class Migration(migrations.Migration):
    dependencies = [("elections", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
