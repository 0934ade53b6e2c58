"""The nouns of the pages, and what others may ask: `had_signed`, `had_signed_many`."""

from pledges.selectors.facts import PledgeFact, had_signed, had_signed_many, obligation_states

__all__ = ["PledgeFact", "had_signed", "had_signed_many", "obligation_states"]
