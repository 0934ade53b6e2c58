"""The law as dated data, and pure computation over it."""
