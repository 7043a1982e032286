"""The setup for the laptops, built on Linux."""
