"""Every change of who owes what, where, leaves its difference: coverage is a sum, never a count.

Statement triggers, because obligations change by the hundred thousand (a round opens, people move)
as well as one by one. They only insert, so that no two signers wait for one another. Whoever
changes obligations holds a lock together with all others; whoever gives units another path has it
alone, so that what is counted there is not changed meanwhile.
"""

from django.db import migrations

OBLIGATIONS = """
CREATE FUNCTION pledges_tally_obligations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1885170036, 0);
  IF TG_OP = 'INSERT' THEN
    INSERT INTO pledges_coveragechange (round_id, path, state, amount)
    SELECT owed.round_id, coalesce(unit.path, agency.path), owed.state, sum(owed.amount)
    FROM (SELECT round_id, unit_now_id, state, count(*) AS amount FROM present GROUP BY 1, 2, 3)
      AS owed
    JOIN pledges_round round ON round.id = owed.round_id
    JOIN organisations_agency agency ON agency.id = round.agency_id
    LEFT JOIN organisations_unit unit ON unit.id = owed.unit_now_id
    GROUP BY 1, 2, 3;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO pledges_coveragechange (round_id, path, state, amount)
    SELECT owed.round_id, coalesce(unit.path, agency.path), owed.state, -sum(owed.amount)
    FROM (SELECT round_id, unit_now_id, state, count(*) AS amount FROM former GROUP BY 1, 2, 3)
      AS owed
    JOIN pledges_round round ON round.id = owed.round_id
    JOIN organisations_agency agency ON agency.id = round.agency_id
    LEFT JOIN organisations_unit unit ON unit.id = owed.unit_now_id
    GROUP BY 1, 2, 3;
  ELSE
    INSERT INTO pledges_coveragechange (round_id, path, state, amount)
    SELECT owed.round_id, coalesce(unit.path, agency.path), owed.state, sum(owed.amount)
    FROM (
      SELECT round_id, unit_now_id, state, sum(amount) AS amount FROM (
        SELECT round_id, unit_now_id, state, -1 AS amount FROM former
        UNION ALL
        SELECT round_id, unit_now_id, state, 1 FROM present
      ) AS both_sides GROUP BY 1, 2, 3 HAVING sum(amount) <> 0
    ) AS owed
    JOIN pledges_round round ON round.id = owed.round_id
    JOIN organisations_agency agency ON agency.id = round.agency_id
    LEFT JOIN organisations_unit unit ON unit.id = owed.unit_now_id
    GROUP BY 1, 2, 3 HAVING sum(owed.amount) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_new_obligations AFTER INSERT ON pledges_obligation
  REFERENCING NEW TABLE AS present
  FOR EACH STATEMENT EXECUTE FUNCTION pledges_tally_obligations();
CREATE TRIGGER tally_changed_obligations AFTER UPDATE ON pledges_obligation
  REFERENCING OLD TABLE AS former NEW TABLE AS present
  FOR EACH STATEMENT EXECUTE FUNCTION pledges_tally_obligations();
CREATE TRIGGER tally_deleted_obligations AFTER DELETE ON pledges_obligation
  REFERENCING OLD TABLE AS former
  FOR EACH STATEMENT EXECUTE FUNCTION pledges_tally_obligations();
"""
NO_OBLIGATIONS = """
DROP TRIGGER tally_new_obligations ON pledges_obligation;
DROP TRIGGER tally_changed_obligations ON pledges_obligation;
DROP TRIGGER tally_deleted_obligations ON pledges_obligation;
DROP FUNCTION pledges_tally_obligations();
"""

UNITS = """
CREATE FUNCTION pledges_tally_unit_paths() RETURNS trigger LANGUAGE plpgsql AS $$
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
    SELECT id, former.path AS former_path, present.path AS present_path
    FROM former JOIN present USING (id) WHERE former.path <> present.path
  ) AS moved
  JOIN LATERAL (
    SELECT round_id, state, count(*) AS number FROM pledges_obligation
    WHERE unit_now_id = moved.id GROUP BY 1, 2
  ) AS owed ON true
  CROSS JOIN LATERAL (VALUES (moved.former_path, -1), (moved.present_path, 1)) AS side(path, sign)
  GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_moved_units AFTER UPDATE ON organisations_unit
  REFERENCING OLD TABLE AS former NEW TABLE AS present
  FOR EACH STATEMENT EXECUTE FUNCTION pledges_tally_unit_paths();
"""
NO_UNITS = """
DROP TRIGGER tally_moved_units ON organisations_unit;
DROP FUNCTION pledges_tally_unit_paths();
"""

COUNT_ONCE = """
INSERT INTO pledges_coveragechange (round_id, path, state, amount)
SELECT owed.round_id, coalesce(unit.path, agency.path), owed.state, count(*)
FROM pledges_obligation owed
JOIN pledges_round round ON round.id = owed.round_id
JOIN organisations_agency agency ON agency.id = round.agency_id
LEFT JOIN organisations_unit unit ON unit.id = owed.unit_now_id
GROUP BY 1, 2, 3
"""


class Migration(migrations.Migration):
    dependencies = [("pledges", "0004_chase_who_has_not_signed")]
    operations = [
        migrations.RunSQL(OBLIGATIONS, NO_OBLIGATIONS),
        migrations.RunSQL(UNITS, NO_UNITS),
        migrations.RunSQL(COUNT_ONCE, "DELETE FROM pledges_coveragechange"),
    ]
