"""How records travel from a laptop to the Mission Locale’s server."""
