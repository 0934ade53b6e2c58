"""The pages of those who sign."""
