"""The source documents, replayed through the pages."""
