"""What may be done to persons: one function, one transaction each."""
