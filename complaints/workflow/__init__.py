"""The workflows of complaints as tables: report, tip, case, referral item."""
