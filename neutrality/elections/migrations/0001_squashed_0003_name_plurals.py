"""The tables as they stand after 0003, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("elections", "0001_initial"),
        ("elections", "0002_bind_stage_to_election"),
        ("elections", "0003_name_plurals"),
    ]
