"""The tables as they stand after 0003, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("accounts", "0002_grant_roles"),
        ("accounts", "0003_name_agency_heads"),
    ]
