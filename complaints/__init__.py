"""From a citizen's report to the executed sanction."""
