"""What the pages of complaints show."""
