"""The addresses of pledges."""
