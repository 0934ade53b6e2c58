"""Encrypted identities, blind indexes and keys."""
