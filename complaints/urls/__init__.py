"""The addresses of complaints."""
