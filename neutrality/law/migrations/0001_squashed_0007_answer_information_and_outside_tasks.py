"""The tables as they stand after 0007, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("law", "0001_initial"),
        ("law", "0002_refuse_edits_of_used_rows"),
        ("law", "0003_add_everyday_situations"),
        ("law", "0004_name_ceremony_minutes"),
        ("law", "0005_add_data_request_period"),
        ("law", "0006_name_penalties_in_english"),
        ("law", "0007_answer_information_and_outside_tasks"),
    ]
