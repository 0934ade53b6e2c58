"""Messages: kinds, outbox, channels, delivery."""
