"""Chain new rows under their subject's lock; refuse every change of a written row."""

from django.db import migrations

from neutrality.audit.append_only import append_only

REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# A bulk writer takes whole kinds instead of one lock for each subject; see record_many.
LOCK_KINDS = """
CREATE FUNCTION audit_lock_kinds(kinds text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY kinds LOOP
        PERFORM pg_advisory_xact_lock(1096107348, hashtext(kind));
    END LOOP;
    PERFORM set_config(
        'neutrality.audit_locked_kinds',
        coalesce(current_setting('neutrality.audit_locked_kinds', true), '')
            || '|' || array_to_string(kinds, '|') || '|',
        true
    );
END $$;
"""

# The function is volatile, so the query after the lock sees what the previous holder committed;
# a sub-select of the INSERT itself would still look at the statement's older snapshot.
# The id is given under the lock too: within a subject, ids follow the chain.
CHAIN = """
CREATE FUNCTION audit_chain_row() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    last record;
    locked text := coalesce(current_setting('neutrality.audit_locked_kinds', true), '');
BEGIN
    IF strpos(locked, '|' || NEW.subject_kind || '|') = 0 THEN
        PERFORM pg_advisory_xact_lock_shared(1096107348, hashtext(NEW.subject_kind));
        PERFORM pg_advisory_xact_lock(
            hashtextextended(NEW.subject_kind || ' ' || NEW.subject_id, 1096107348)
        );
    END IF;
    SELECT position, hash INTO last FROM audit_auditrow
        WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id
        ORDER BY position DESC LIMIT 1;
    NEW.id := nextval('audit_auditrow_id_seq');
    NEW.position := coalesce(last.position, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, '');
    NEW.hash := sha256(convert_to(json_build_array(
        NEW.id, NEW.subject_kind, NEW.subject_id, NEW.what,
        (extract(epoch FROM NEW.occurred_at) * 1000000)::bigint,
        (extract(epoch FROM NEW.recorded_at) * 1000000)::bigint,
        NEW.actor_kind, NEW.user_id, NEW.party_ref, NEW.role,
        NEW.organisation_kind, NEW.organisation_id, NEW.organisation_path, NEW.data::text,
        NEW.before, NEW.after, NEW.position, encode(NEW.previous_hash, 'hex')
    )::text, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_auditrow_chain BEFORE INSERT ON audit_auditrow
    FOR EACH ROW EXECUTE FUNCTION audit_chain_row();
"""

HASH_ACCESS = """
CREATE FUNCTION audit_hash_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.hash := sha256(convert_to(json_build_array(
        NEW.id, NEW.subject_kind, NEW.subject_id, NEW.what,
        (extract(epoch FROM NEW.occurred_at) * 1000000)::bigint,
        (extract(epoch FROM NEW.recorded_at) * 1000000)::bigint,
        NEW.actor_kind, NEW.user_id, NEW.party_ref, NEW.role,
        NEW.organisation_kind, NEW.organisation_id, NEW.organisation_path, NEW.data::text
    )::text, 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_accessrow_hash BEFORE INSERT ON audit_accessrow
    FOR EACH ROW EXECUTE FUNCTION audit_hash_access();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse_change();"),
        migrations.RunSQL(LOCK_KINDS, "DROP FUNCTION audit_lock_kinds(text[]);"),
        migrations.RunSQL(CHAIN, "DROP FUNCTION audit_chain_row() CASCADE;"),
        migrations.RunSQL(HASH_ACCESS, "DROP FUNCTION audit_hash_access() CASCADE;"),
        append_only("audit_auditrow"),
        append_only("audit_accessrow"),
        append_only("audit_seal"),
    ]
