"""Pieces of the page Bilan et exports."""
