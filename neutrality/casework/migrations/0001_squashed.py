"""The tables as they stand after 0001, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("casework", "0001_initial"),
    ]
