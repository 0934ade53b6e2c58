"""A path is its parent's path and the row's own segment; the database refuses any other."""

from django.db import migrations

OFFICE = """
CREATE FUNCTION organisations_office_path_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE expected text;
BEGIN
    IF NEW.parent_id IS NULL THEN
        expected := 'RI';
    ELSE
        SELECT parent.path || '/' || region.code INTO expected
        FROM organisations_office parent
        JOIN organisations_region region ON region.id = NEW.region_id
        WHERE parent.id = NEW.parent_id
          AND region.parent_id IS NOT DISTINCT FROM parent.region_id;
    END IF;
    IF NEW.path IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'path % of office % is not %', NEW.path, NEW.id, expected
            USING ERRCODE = 'check_violation', CONSTRAINT = 'office_path_is_true';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER office_path_is_true
    AFTER INSERT OR UPDATE OF path, parent_id, region_id ON organisations_office
    FOR EACH ROW EXECUTE FUNCTION organisations_office_path_is_true();
"""

UNIT = """
CREATE FUNCTION organisations_unit_path_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE expected text;
BEGIN
    IF NEW.parent_id IS NULL THEN
        SELECT agency.path INTO expected FROM organisations_agency agency
        WHERE agency.id = NEW.agency_id;
    ELSE
        SELECT parent.path INTO expected FROM organisations_unit parent
        WHERE parent.id = NEW.parent_id AND parent.agency_id = NEW.agency_id;
    END IF;
    expected := expected || '/' || NEW.code;
    IF NEW.path IS DISTINCT FROM expected OR EXISTS (
        SELECT 1 FROM organisations_unit child
        WHERE child.parent_id = NEW.id AND child.path <> NEW.path || '/' || child.code
    ) THEN
        RAISE EXCEPTION 'path % of unit % is not % or is not its children''s', NEW.path, NEW.id,
            expected USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_path_is_true';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER unit_path_is_true
    AFTER INSERT OR UPDATE OF path, parent_id, agency_id, code ON organisations_unit
    FOR EACH ROW EXECUTE FUNCTION organisations_unit_path_is_true();
"""

BODY = """
CREATE FUNCTION organisations_body_path_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE expected text;
BEGIN
    IF NEW.parent_id IS NULL THEN
        expected := NEW.code;
    ELSE
        SELECT parent.path || '/' || NEW.code INTO expected
        FROM organisations_referralbody parent
        WHERE parent.id = NEW.parent_id AND parent.kind = NEW.kind;
    END IF;
    IF NEW.path IS DISTINCT FROM expected OR EXISTS (
        SELECT 1 FROM organisations_referralbody child
        WHERE child.parent_id = NEW.id AND child.path <> NEW.path || '/' || child.code
    ) THEN
        RAISE EXCEPTION 'path % of body % is not % or is not its children''s', NEW.path, NEW.id,
            expected USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_body_path_is_true';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER referral_body_path_is_true
    AFTER INSERT OR UPDATE OF path, parent_id, code, kind ON organisations_referralbody
    FOR EACH ROW EXECUTE FUNCTION organisations_body_path_is_true();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.RunSQL(OFFICE, "DROP FUNCTION organisations_office_path_is_true CASCADE"),
        migrations.RunSQL(UNIT, "DROP FUNCTION organisations_unit_path_is_true CASCADE"),
        migrations.RunSQL(BODY, "DROP FUNCTION organisations_body_path_is_true CASCADE"),
    ]
