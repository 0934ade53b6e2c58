"""An issued letter keeps what it says; it is only superseded, or goes along with its file."""

from django.db import migrations

KEEP = """
CREATE FUNCTION complaints_keep_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.state = 'SUPERSEDED'
     AND to_jsonb(NEW) - '{state,matter_id}'::text[] = to_jsonb(OLD) - '{state,matter_id}'::text[]
  THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'matter_id' = to_jsonb(OLD) - 'matter_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'letter % is issued', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER complaints_keep_letter BEFORE UPDATE OR DELETE ON complaints_officeletter
  FOR EACH ROW WHEN (OLD.state IN ('ISSUED', 'SUPERSEDED'))
  EXECUTE FUNCTION complaints_keep_letter();
"""
FORGET = """
DROP TRIGGER complaints_keep_letter ON complaints_officeletter;
DROP FUNCTION complaints_keep_letter();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0030_answer_deviations")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
