"""The forms of complaints."""
