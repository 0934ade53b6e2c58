"""What was signed, and what was counted at closing, is never changed."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION pledges_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A row of % is never changed.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""
TABLES = ("textversion", "frozencount")
SIGNED = """
CREATE FUNCTION pledges_keep_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.annulled_at IS NOT NULL OR
     to_jsonb(NEW) - '{annulled_at,annulled_by_id,annul_reason}'::text[]
     IS DISTINCT FROM to_jsonb(OLD) - '{annulled_at,annulled_by_id,annul_reason}'::text[] THEN
    RAISE EXCEPTION 'Signature % can only be annulled.', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pledges_keep_signature BEFORE UPDATE OR DELETE ON pledges_signature
  FOR EACH ROW EXECUTE FUNCTION pledges_keep_signature();
"""
UNSIGNED = """
DROP TRIGGER pledges_keep_signature ON pledges_signature;
DROP FUNCTION pledges_keep_signature();
"""


def keep(table):
    """Return the operation that forbids changes to the rows of a table."""
    return migrations.RunSQL(
        sql=f"CREATE TRIGGER pledges_{table}_never_changes BEFORE UPDATE OR DELETE"
        f" ON pledges_{table} FOR EACH ROW EXECUTE FUNCTION pledges_refuse_change()",
        reverse_sql=f"DROP TRIGGER pledges_{table}_never_changes ON pledges_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION pledges_refuse_change()"),
        *[keep(table) for table in TABLES],
        migrations.RunSQL(SIGNED, UNSIGNED),
    ]
