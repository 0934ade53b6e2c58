"""Users, role grants, second factors, relations."""
