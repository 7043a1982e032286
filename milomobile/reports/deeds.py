"""The file `journal`: who did what, when, to the record of which id; never a field's value."""

from datetime import datetime

from milomobile.domain.journal import words
from milomobile.reports.columns import Column, Layout, Row

LAYOUT = Layout(
    "journal",
    "Journal",
    1,
    (
        Column("Le", "at", "time"),
        Column("Qui", "who"),
        Column("Quoi", "said"),
        Column("Code", "what"),
        Column("Identifiant", "id"),
    ),
)


def values(at: datetime, who: str, what: str, id: str | None) -> Row:
    """The values of one line."""
    return at, who, words(what), what, id
