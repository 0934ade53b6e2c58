"""The pages of the HR office."""
