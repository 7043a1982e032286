"""What is typed of a stop: its hours, its remark."""

from datetime import time

from milomobile.domain.dates import read_time
from milomobile.ui.parts.fields import Field


class Unread(Exception):
    """What was typed in a field is no hour or no day; says so."""

    def __init__(self, field: Field, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_hour(field: Field) -> time | None:
    """An hour, or None where there is none. Raises Unread."""
    try:
        return read_time(field.text().replace("\u00a0", " ")) if field.text() else None
    except ValueError as wrong:
        raise Unread(field, str(wrong)) from None


def remark_field(said: str | None) -> Field:
    """What else there is to say of a stop, and what never."""
    made = Field("Remarque", "Météo, lieu, affluence\u00a0: rien sur une personne")
    made.edit.setText(said or "")
    return made
