"""The tables as they stand after 0006, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("personnel", "0001_initial"),
        ("personnel", "0002_bind_unit_to_agency"),
        ("personnel", "0003_import_rosters"),
        ("personnel", "0004_keep_rosters_whole"),
        ("personnel", "0005_stage_texts_of_any_length"),
        ("personnel", "0006_number_persons_when_compared"),
    ]
