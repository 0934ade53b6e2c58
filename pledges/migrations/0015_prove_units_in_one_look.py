"""The units that new obligations name are gathered in one look over them, not in two."""

from django.db import migrations

PROVE = """
CREATE OR REPLACE FUNCTION pledges_prove_obligations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM present owed
    LEFT JOIN personnel_employment post
      ON post.id = owed.employment_id AND post.person_id = owed.person_id
    LEFT JOIN pledges_round round
      ON round.id = owed.round_id AND round.agency_id = post.agency_id
    WHERE round.id IS NULL
  ) THEN
    RAISE foreign_key_violation USING CONSTRAINT = 'obligation_of_a_position_in_its_round',
      MESSAGE = 'An obligation names a position that the round''s agency does not state.';
  END IF;
  IF EXISTS (
    SELECT FROM {named}
    WHERE named.unit_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM organisations_unit WHERE id = named.unit_id)
  ) THEN
    RAISE foreign_key_violation USING CONSTRAINT = 'obligation_in_a_unit',
      MESSAGE = 'An obligation names a unit that is not there.';
  END IF;
  RETURN NULL;
END $$
"""
ONE_LOOK = """(
      SELECT DISTINCT unit_now_id, unit_at_snapshot_id FROM present
    ) AS units CROSS JOIN LATERAL (
      VALUES (units.unit_now_id), (units.unit_at_snapshot_id)
    ) AS named(unit_id)"""
TWO_LOOKS = """(
      SELECT unit_now_id AS unit_id FROM present
      UNION SELECT unit_at_snapshot_id FROM present
    ) AS named"""


class Migration(migrations.Migration):
    dependencies = [("pledges", "0014_find_duties_by_person_once")]

    operations = [
        migrations.RunSQL(PROVE.format(named=ONE_LOOK), PROVE.format(named=TWO_LOOKS)),
    ]
