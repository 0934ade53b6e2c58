"""The pages of the roster: imports, units, people and keys of systems."""
