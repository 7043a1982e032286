"""What leaves for people: plain rows in, bytes out."""
