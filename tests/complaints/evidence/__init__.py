"""Evidence: examined, copied, looked at, released."""
