"""The tables as they stand after 0003, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("vault", "0001_initial"),
        ("vault", "0002_keep_openings"),
        ("vault", "0003_add_arrivals"),
    ]
