"""The tables as they stand after 0002, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_know_contact_points"),
    ]
