"""How long the bytes of what was sent are kept here, by a time that no single wrong clock can hurry.

That time goes on at the end of a sending, by what both the server's signed clock and this laptop's say has passed since
the last one, whichever says less. A clock put forward three years, here or there, empties nothing early.
"""

from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select, update

from milomobile.store import settings
from milomobile.store.tables import Outbox

ONCE_DURABLE = timedelta(days=7)
"""After the server first signed that a verified backup holds a line, its bytes stay so long."""
AT_MOST = timedelta(days=60)
"""After a line was taken, its bytes stay so long in any case."""
_CLOCK = "kept_clock"


@dataclass(frozen=True)
class Clock:
    """Milliseconds: the time of this file, and what the server's and this laptop's clocks showed when it was read."""

    time: int
    there: int
    here: int

    def later(self, there: int, here: int) -> "Clock":
        """The same clock, when the server's shows `there` and this laptop's `here`; never put back."""
        return Clock(self.time + max(0, min(there - self.there, here - self.here)), there, here)


@dataclass(frozen=True)
class Aged:
    """How many lines were emptied, and how many emptied ones a restored server turned out to lack."""

    emptied: int
    lost: int


def age(session: Connection, durable: int, there: int, here: int) -> Aged:
    """The end of a sending: empties what was kept long enough. `durable` is how far a verified backup holds lines.

    What the server no longer calls durable (it was restored) begins again. Number, digest and chain stay.
    """
    kept = settings.get(session, _CLOCK)
    clock = Clock(*map(int, kept.split())).later(there, here) if kept else Clock(there, there, here)
    settings.put(session, {_CLOCK: " ".join(map(str, astuple(clock)))})
    now = datetime.fromtimestamp(clock.time / 1000, UTC)
    # Each condition has an index of its own (`+ 0`: it is not that of the number).
    here_still, sent = Outbox.line.is_not(None), Outbox.state != "waiting"
    session.execute(update(Outbox).where(here_still, sent, Outbox.taken_at.is_(None)).values(taken_at=now))
    fresh = (here_still, sent, Outbox.seq <= durable, Outbox.durable_at.is_(None))
    session.execute(update(Outbox).where(*fresh).values(durable_at=now))
    withdrawn = (here_still, Outbox.seq + 0 > durable, Outbox.durable_at.is_not(None))
    session.execute(update(Outbox).where(*withdrawn).values(durable_at=None))
    looked_at = and_(
        Outbox.state.not_in(("waiting", "gone")), or_(Outbox.state != "refused", Outbox.aside.is_not(None))
    )
    emptied = 0
    for old in (Outbox.durable_at <= now - ONCE_DURABLE, Outbox.taken_at <= now - AT_MOST):
        gone = update(Outbox).where(here_still, looked_at, old).values(line=None, emptied_at=now)
        emptied += session.execute(gone).rowcount
    return Aged(emptied, _lost(session))


def time(session: Connection) -> datetime | None:
    """What the time was at the end of the last sending, by a clock that no single wrong one hurries; None before one."""
    kept = settings.get(session, _CLOCK)
    return datetime.fromtimestamp(int(kept.split()[0]) / 1000, UTC) if kept else None


def _lost(session: Connection) -> int:
    """Lines that travelled hollow for their age, to a server that did not know them: counted once."""
    lacking = (Outbox.state == "gone", Outbox.emptied_at.is_not(None))
    found = session.execute(select(func.count()).select_from(Outbox).where(*lacking)).scalar_one()
    if found:
        session.execute(update(Outbox).where(*lacking).values(emptied_at=None))
    return found
