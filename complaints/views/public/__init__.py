"""The public pages: start, report, follow, rules."""
