"""Regions, supervisory offices, agencies with their units, referral bodies."""
