"""Forms, pagination, template tags and charts that every page shares."""
