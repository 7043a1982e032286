"""Milo Mobile: registers young people at the stops of a van, offline and encrypted."""

__version__ = "1.0.0"
