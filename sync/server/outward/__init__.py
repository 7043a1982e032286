"""Feeds out of the server: off until somebody turns one on, each with the list of what it sends."""
