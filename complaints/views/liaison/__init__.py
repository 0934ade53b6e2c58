"""The pages for the liaisons of the bodies."""
