"""The tables as they stand after 0006, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_freeze_final_documents"),
        ("documents", "0003_name_the_issuing_agency"),
        ("documents", "0004_publish_circulars_and_outreach"),
        ("documents", "0005_let_publications_be_links"),
        ("documents", "0006_let_agencies_seal"),
    ]
