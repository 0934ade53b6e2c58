"""Who works where, from when to when."""
