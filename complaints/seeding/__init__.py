"""Synthetic data in bulk, for measuring and for trying things at the size of the country."""
