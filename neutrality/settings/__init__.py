"""Settings: base, and one module per place where the project runs."""
