"""Reading rosters: from the bytes of a file to staged rows, and from those to a difference."""
