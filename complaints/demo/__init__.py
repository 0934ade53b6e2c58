"""Demo data: three cities, a running election, and reports in every state. Never in production."""
