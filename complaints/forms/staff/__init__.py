"""For the staff of the supervisory offices."""
