"""An application for the tests of the engine: errands, the smallest thing with a workflow."""
