"""The database itself refuses to edit or delete a row of the law that a case has used."""

from django.db import migrations

TABLES = (
    "calendarday",
    "citizencategory",
    "coordination",
    "fingerpose",
    "form",
    "instrument",
    "numberformat",
    "officehours",
    "otherlaw",
    "period",
    "pledgewording",
    "policyrow",
    "quorum",
    "reportrequirement",
    "retention",
    "routerow",
    "sanction",
    "stagehours",
    "violation",
)

FUNCTION = """
CREATE FUNCTION law_refuse_edit_of_used_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change CONSTANT text[] := '{valid_until,superseded_on,used_at}';
BEGIN
    IF OLD.used_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.used_at IS NOT NULL
        AND to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A case has used row % of %: end it and add a new one.', OLD.id, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""


def trigger(table: str) -> migrations.RunSQL:
    """Guard one table."""
    return migrations.RunSQL(
        sql=f"CREATE TRIGGER law_{table}_keeps_used_rows BEFORE UPDATE OR DELETE ON law_{table} "
        "FOR EACH ROW EXECUTE FUNCTION law_refuse_edit_of_used_row()",
        reverse_sql=f"DROP TRIGGER law_{table}_keeps_used_rows ON law_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=FUNCTION, reverse_sql="DROP FUNCTION law_refuse_edit_of_used_row()"),
        *[trigger(table) for table in TABLES],
    ]
