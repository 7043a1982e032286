"""What the day's end is made of."""
