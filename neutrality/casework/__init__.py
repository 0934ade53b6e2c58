"""The workflow engine: transitions, clocks, refusals."""
