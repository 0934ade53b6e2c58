"""What the pages of pledges ask."""
