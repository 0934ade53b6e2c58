"""The tables as they stand after 0003, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("organisations", "0001_initial"),
        ("organisations", "0002_keep_paths_true"),
        ("organisations", "0003_name_plurals"),
    ]
