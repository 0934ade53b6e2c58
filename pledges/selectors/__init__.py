"""The nouns of the pages, and what others may ask: `had_signed`."""

from pledges.selectors.facts import PledgeFact, had_signed

__all__ = ["PledgeFact", "had_signed"]
