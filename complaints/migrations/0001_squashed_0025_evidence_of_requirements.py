"""The tables as they stand after 0025, made at once where nothing stands yet."""

from neutrality.schema import AtOnce


class Migration(AtOnce):
    replaces = [
        ("complaints", "0001_initial"),
        ("complaints", "0002_keep_the_reasons_of_hearings"),
        ("complaints", "0003_address_packages_to_agencies_and_fold_tallies"),
        ("complaints", "0004_examine_and_release_evidence"),
        ("complaints", "0005_name_examiners"),
        ("complaints", "0006_index_reports_by_due_and_arrival"),
        ("complaints", "0007_add_uploads_redactions_and_wordings"),
        ("complaints", "0008_pause_filing_and_group_equal_texts"),
        ("complaints", "0009_follow_and_answer"),
        ("complaints", "0010_hear_a_party_again"),
        ("complaints", "0011_count_figures"),
        ("complaints", "0012_registers_and_desk"),
        ("complaints", "0013_party_of_information_requests"),
        ("complaints", "0014_release_data"),
        ("complaints", "0015_search_names_of_tips"),
        ("complaints", "0016_announcement_by_day"),
        ("complaints", "0017_day_of_a_post"),
        ("complaints", "0018_find_the_work"),
        ("complaints", "0019_acts_of_others_from_paper"),
        ("complaints", "0020_join_files"),
        ("complaints", "0021_index_the_inbox"),
        ("complaints", "0022_excuse_lateness"),
        ("complaints", "0023_index_unratified"),
        ("complaints", "0024_keep_the_position_class"),
        ("complaints", "0025_evidence_of_requirements"),
    ]
