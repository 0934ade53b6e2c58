"""The tables as they stand after 0003, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_chain_rows_and_refuse_changes"),
        ("audit", "0003_keep_verifications"),
    ]
