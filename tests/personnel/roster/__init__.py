"""Rosters as HR offices hand them in."""
