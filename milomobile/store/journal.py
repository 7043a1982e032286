"""Who did what, when; each line covers the one before, and none holds a field's value."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, insert

from milomobile.store.tables import Journal

_ADD = insert(Journal.__table__)  # type: ignore[arg-type]
_LAST = "SELECT chain FROM journal ORDER BY seq DESC LIMIT 1"


def write(session: Connection, at: datetime, who: str, what: str, id: str | None = None) -> None:
    """Adds a line inside the act's own transaction. `who` is the adviser's id, `what` a verb, `id` the record's."""
    last = session.exec_driver_sql(_LAST).scalar() or bytes(32)
    text = f"{at.isoformat()}\n{who}\n{what}\n{id or ''}".encode()
    chain = hashlib.sha256(last + hashlib.sha256(text).digest()).digest()
    session.execute(_ADD, {"at": at, "who": who, "what": what, "id": id, "chain": chain})
