"""Commands of the workflow engine."""
