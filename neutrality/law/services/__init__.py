"""How the tables of the law are changed."""
