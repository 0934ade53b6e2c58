"""The use cases of pledges, one per file."""
