"""The forms of the pages for discipline officers."""
