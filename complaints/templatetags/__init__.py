"""Tags of the pages of complaints."""
