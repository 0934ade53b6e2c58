"""`make bench`: what our pages cost beside the least that the same stack can do."""
