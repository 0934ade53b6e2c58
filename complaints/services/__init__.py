"""What can be done: one use case, one function, one transaction each."""
