"""Copies of the whole: the tables of one instant, the stored files, and the proof of both."""
