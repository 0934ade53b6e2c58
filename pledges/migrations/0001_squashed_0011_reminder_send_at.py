"""The tables as they stand after 0011, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("pledges", "0001_initial"),
        ("pledges", "0002_keep_texts_and_figures"),
        ("pledges", "0003_keep_scans_of_sheets"),
        ("pledges", "0004_chase_who_has_not_signed"),
        ("pledges", "0005_tally_coverage"),
        ("pledges", "0006_sign_together"),
        ("pledges", "0007_keep_round_changes"),
        ("pledges", "0008_write_obligations_by_the_million"),
        ("pledges", "0009_prove_obligations"),
        ("pledges", "0010_find_moved_units_by_round"),
        ("pledges", "0011_reminder_send_at"),
    ]
