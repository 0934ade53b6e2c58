"""The test database: reference tables that stay, and a quick way to empty the others."""
