"""Integrity pledges: who must sign, who has, and the proof."""
