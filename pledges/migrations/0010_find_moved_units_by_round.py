"""Obligations have no index by unit alone any more: those of a moved unit are found round by round."""

from django.db import migrations

BODY = """
CREATE OR REPLACE FUNCTION pledges_tally_unit_paths() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM former JOIN present USING (id) WHERE former.path <> present.path
  ) THEN
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_xact_lock(1885170036, 0);
  INSERT INTO pledges_coveragechange (round_id, path, state, amount)
  SELECT owed.round_id, side.path, owed.state, sum(side.sign * owed.number)
  FROM (
    SELECT id, agency_id, former.path AS former_path, present.path AS present_path
    FROM former JOIN present USING (id, agency_id) WHERE former.path <> present.path
  ) AS moved
  JOIN LATERAL (
    SELECT duty.round_id, duty.state, count(*) AS number
    FROM pledges_round round
    JOIN pledges_obligation duty ON duty.round_id = round.id AND duty.unit_now_id = moved.id
    WHERE round.agency_id = moved.agency_id GROUP BY 1, 2
  ) AS owed ON true
  CROSS JOIN LATERAL (VALUES (moved.former_path, -1), (moved.present_path, 1)) AS side(path, sign)
  GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("pledges", "0009_prove_obligations")]
    operations = [migrations.RunSQL(BODY, migrations.RunSQL.noop)]
