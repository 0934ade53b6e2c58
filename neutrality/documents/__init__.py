"""Official documents: from a template to a verifiable PDF."""
