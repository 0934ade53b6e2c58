"""An import proves the numbers that it gives, each pair of tables joined by what is equal.

The proof looked at people whose numbers stayed, and let the planner join all numbers with all by
their kind alone: hours for a million people, when statistics were as they are after a first import.
"""

from importlib import import_module

from django.db import migrations

PROVE = """
CREATE OR REPLACE FUNCTION personnel_prove_import(which bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM personnel_rosterdifference change
    JOIN personnel_employment one
      ON one.person_id = change.person_id AND one.assignment = 'MAIN'
    JOIN personnel_employment other
      ON other.person_id = one.person_id AND other.agency_id = one.agency_id
      AND other.id > one.id AND other.assignment = 'MAIN'
      AND daterange(other.valid_from, other.valid_until) && daterange(one.valid_from, one.valid_until)
    WHERE change.import_id = which AND change.is_known
  ) THEN
    RAISE exclusion_violation USING CONSTRAINT = 'employment_one_main_per_agency_and_day',
      MESSAGE = 'An import would give somebody two main positions on one day.';
  END IF;
  -- A number in force is there once by its index; one that has ended may still be another's.
  IF EXISTS (
    SELECT FROM personnel_rosterdifference change
    JOIN personnel_personnumber ended
      ON ended.digest = change.digest AND ended.kind = change.number_kind
      AND ended.valid_until IS NOT NULL
    JOIN personnel_personnumber one
      ON one.digest = ended.digest AND one.kind = ended.kind
      AND one.import_id = which AND one.id <> ended.id
      AND daterange(one.valid_from, one.valid_until) && daterange(ended.valid_from, ended.valid_until)
    WHERE change.import_id = which AND NOT change.has_number
  ) THEN
    RAISE exclusion_violation USING CONSTRAINT = 'person_number_names_one_person',
      MESSAGE = 'An import would let a number name two people on one day.';
  END IF;
  IF EXISTS (
    SELECT FROM personnel_rosterdifference change
    JOIN personnel_personnumber one
      ON one.person_id = change.person_id AND one.import_id = which
    JOIN personnel_personnumber other
      ON other.person_id = one.person_id AND other.kind = one.kind AND other.id <> one.id
      AND daterange(other.valid_from, other.valid_until) && daterange(one.valid_from, one.valid_until)
    WHERE change.import_id = which AND change.is_known AND NOT change.has_number
  ) THEN
    RAISE exclusion_violation USING CONSTRAINT = 'person_number_one_per_kind',
      MESSAGE = 'An import would give somebody two numbers of one kind on one day.';
  END IF;
END $$;
"""
AS_BEFORE = import_module(
    "neutrality.personnel.migrations.0004_keep_rosters_whole"
).IMPORTED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0007_stage_digests_of_addresses")]

    operations = [migrations.RunSQL(PROVE, AS_BEFORE)]
