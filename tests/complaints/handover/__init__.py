"""A file that changes hands."""
