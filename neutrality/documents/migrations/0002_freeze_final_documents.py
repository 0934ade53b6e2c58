"""A final document keeps what it says; only its file, state and voiding are still written."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION documents_freeze_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.public_id, NEW.role, NEW.form_code, NEW.classification, NEW.number, NEW.title,
      NEW.office_id, NEW.subject_kind, NEW.subject_id, NEW.language, NEW.content,
      NEW.sealed_content_id, NEW.template, NEW.verify_code, NEW.supersedes_id, NEW.twin_of_id,
      NEW.issued_at, NEW.issued_by, NEW.issued_by_user)
     IS DISTINCT FROM
     (OLD.public_id, OLD.role, OLD.form_code, OLD.classification, OLD.number, OLD.title,
      OLD.office_id, OLD.subject_kind, OLD.subject_id, OLD.language, OLD.content,
      OLD.sealed_content_id, OLD.template, OLD.verify_code, OLD.supersedes_id, OLD.twin_of_id,
      OLD.issued_at, OLD.issued_by, OLD.issued_by_user) THEN
    RAISE EXCEPTION 'document % is final', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.rendered_at IS NOT NULL AND
     (NEW.rendered_at, NEW.sha256, NEW.size, NEW.file, NEW.sealed_file_id, NEW.signature_kind)
     IS DISTINCT FROM
     (OLD.rendered_at, OLD.sha256, OLD.size, OLD.file, OLD.sealed_file_id, OLD.signature_kind) THEN
    RAISE EXCEPTION 'the file of document % is final', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state = 'VOID' OR NEW.state IN ('DRAFT', 'FINAL')) THEN
    RAISE EXCEPTION 'document % cannot go from % to %', OLD.id, OLD.state, NEW.state
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_freeze_final BEFORE UPDATE ON documents_document
  FOR EACH ROW WHEN (OLD.state <> 'DRAFT') EXECUTE FUNCTION documents_freeze_final();
"""
THAW = """
DROP TRIGGER documents_freeze_final ON documents_document;
DROP FUNCTION documents_freeze_final();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
