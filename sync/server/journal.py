"""The office's journal: who looked at whom, which file left, which laptop came and went, what was done to the server."""

from sqlalchemy import Connection, insert

from milomobile.domain.journal import known
from sync.server.tables import Journal


def note(session: Connection, at: int, what: str, id: str = "") -> None:
    """Adds a line inside the act's own transaction: `at` in milliseconds since 1970, `what` in the words of
    `domain.journal.WORDS` and perhaps more, `id` of whom or what, or how many.
    """
    if not known(what):
        raise ValueError(what)
    session.execute(insert(Journal).values(at=at, what=what, id=id))
