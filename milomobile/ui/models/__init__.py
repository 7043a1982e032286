"""Qt item models over plain rows: QtCore only."""
