"""What the day's page and its sheets are made of."""
