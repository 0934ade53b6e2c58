"""The duty to sign as data: table, guards, messages, adapter."""
