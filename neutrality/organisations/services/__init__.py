"""What may be done to organisations: one function, one transaction each."""
