"""Who may open which page, and whose names may occur there."""
