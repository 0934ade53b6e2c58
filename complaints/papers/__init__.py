"""What the official documents of a complaint say, taken from the tables."""
