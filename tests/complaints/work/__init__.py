"""The desk: calendar feeds, duty, registers, assignments."""
