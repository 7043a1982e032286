"""What the office's technician is told when a call cannot be done."""


class Wrong(Exception):
    """Wrong usage, or an act that is refused: one French sentence, and exit code 2."""
