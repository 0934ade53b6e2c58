"""What obligations name is there: proved once for all that a statement writes.

Five foreign keys cost five look-ups per row, eight times the row itself when a round opens for a
million people. The other half of a foreign key stays with the rows that are named: a round, a
position or a unit that an obligation names is not deleted.
"""

from django.db import migrations

PROVED = """
CREATE FUNCTION pledges_prove_obligations() RETURNS trigger LANGUAGE plpgsql AS $$
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
    SELECT FROM (
      SELECT unit_now_id AS unit_id FROM present
      UNION SELECT unit_at_snapshot_id FROM present
    ) AS named
    WHERE named.unit_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM organisations_unit WHERE id = named.unit_id)
  ) THEN
    RAISE foreign_key_violation USING CONSTRAINT = 'obligation_in_a_unit',
      MESSAGE = 'An obligation names a unit that is not there.';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER prove_new_obligations AFTER INSERT ON pledges_obligation
  REFERENCING NEW TABLE AS present
  FOR EACH STATEMENT EXECUTE FUNCTION pledges_prove_obligations();

CREATE FUNCTION pledges_prove_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.person_id <> OLD.person_id OR NEW.employment_id <> OLD.employment_id
    OR NEW.round_id <> OLD.round_id
  THEN
    RAISE integrity_constraint_violation USING CONSTRAINT = 'obligation_of_one_person',
      MESSAGE = 'An obligation stays with its person, position and round.';
  END IF;
  IF NEW.unit_now_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM organisations_unit WHERE id = NEW.unit_now_id)
  THEN
    RAISE foreign_key_violation USING CONSTRAINT = 'obligation_in_a_unit',
      MESSAGE = 'An obligation names a unit that is not there.';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER prove_moved_obligations AFTER UPDATE ON pledges_obligation
  FOR EACH ROW WHEN (
    NEW.unit_now_id IS DISTINCT FROM OLD.unit_now_id OR NEW.person_id <> OLD.person_id
    OR NEW.employment_id <> OLD.employment_id OR NEW.round_id <> OLD.round_id
  ) EXECUTE FUNCTION pledges_prove_move();
"""
NOT_PROVED = """
DROP TRIGGER prove_new_obligations ON pledges_obligation;
DROP TRIGGER prove_moved_obligations ON pledges_obligation;
DROP FUNCTION pledges_prove_obligations();
DROP FUNCTION pledges_prove_move();
"""

KEPT = """
CREATE FUNCTION pledges_keep_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_TABLE_NAME = 'pledges_round'
        AND EXISTS (SELECT FROM pledges_obligation WHERE round_id = OLD.id))
    OR (TG_TABLE_NAME = 'personnel_employment' AND EXISTS (
          SELECT FROM pledges_obligation
          WHERE person_id = (to_jsonb(OLD) ->> 'person_id')::bigint AND employment_id = OLD.id))
    OR (TG_TABLE_NAME = 'organisations_unit' AND EXISTS (
          SELECT FROM pledges_obligation
          WHERE unit_now_id = OLD.id OR unit_at_snapshot_id = OLD.id))
  THEN
    RAISE foreign_key_violation USING CONSTRAINT = 'named_by_an_obligation',
      MESSAGE = 'An obligation names this row.';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keep_rounds_of_obligations BEFORE DELETE ON pledges_round
  FOR EACH ROW EXECUTE FUNCTION pledges_keep_named();
CREATE TRIGGER keep_positions_of_obligations BEFORE DELETE ON personnel_employment
  FOR EACH ROW EXECUTE FUNCTION pledges_keep_named();
CREATE TRIGGER keep_units_of_obligations BEFORE DELETE ON organisations_unit
  FOR EACH ROW EXECUTE FUNCTION pledges_keep_named();
"""
NOT_KEPT = """
DROP TRIGGER keep_rounds_of_obligations ON pledges_round;
DROP TRIGGER keep_positions_of_obligations ON personnel_employment;
DROP TRIGGER keep_units_of_obligations ON organisations_unit;
DROP FUNCTION pledges_keep_named();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_keep_paths_true"),
        ("personnel", "0004_keep_rosters_whole"),
        ("pledges", "0008_write_obligations_by_the_million"),
    ]

    operations = [
        migrations.RunSQL(PROVED, NOT_PROVED),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
