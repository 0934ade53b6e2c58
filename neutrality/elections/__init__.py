"""Elections, contests and their stages."""
