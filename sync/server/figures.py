"""T1 to T11 over all laptops (domain.md 5.3), counted by the same SQL texts as on one."""

from collections.abc import Sequence
from datetime import date, datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, select

from milomobile.domain import periods
from milomobile.domain.dates import LOCAL
from milomobile.domain.figures import Table
from milomobile.reports import figures
from milomobile.reports.tables import Beside
from sync import records
from sync.server import journal, office
from sync.server.facts import began, counted
from sync.server.store import Store
from sync.server.tables import Entity
from sync.server.wrong import Wrong

AWAY = "Réponses effacées"
WHY = "la personne a été effacée, ou le temps de sa fiche est passé."
WHOLE = "sur des mois, trimestres ou années entiers et passés, ou du premier contact à la fin d’un tel mois"
BACKWARDS = "La période finit avant de commencer. Rien n’a été compté\u00a0: corrigez les dates."
WRONG_KEY = "Cette clé n’ouvre pas les critères protégés\u00a0: ce n’est pas celle des référents. Rien n’a été compté."


def tables(store: Store, first: date, last: date, now: int, key: bytes | None = None) -> tuple[Table, ...]:
    """T1 to T11 of a period, both dates included. Raises Wrong.

    With the referents' raw X25519 key the protected criteria are counted too, never below five, and in whole periods alone
    (`domain.periods.tells_protected`); the look is journalled.
    """
    if first > last:
        raise Wrong(BACKWARDS)
    if key is not None:
        with store.write() as session:
            journal.note(session, now, "read reserved figures", f"{first}/{last}")
    with store.read() as session:
        reserved = None if key is None else _reserved(session, key)
        beside = Beside(AWAY, WHY, reserved=reserved)
        if key is not None and not _whole(session, first, last, now):
            beside = Beside(AWAY, WHY, unopened=WHOLE)
        with counted(session, first, last):
            return figures.tables(lambda query: session.exec_driver_sql(query).fetchall(), beside)


def _whole(session: Connection, first: date, last: date, now: int) -> bool:
    today = datetime.fromtimestamp(now / 1000, LOCAL).date()
    return periods.tells_protected(first, last, began(session) or today, today)


def protected(tables: Sequence[Table]) -> bool:
    """Whether protected criteria are counted in them."""
    return any("RQTH" in table.columns for table in tables)


def _reserved(session: Connection, key: bytes) -> dict[str, frozenset[str]]:
    """The protected criteria that were noted, of whom somebody was found to be at last; raises Wrong."""
    into = office.merged(session)
    latest: dict[str, tuple[str, str, str]] = {}
    for row in session.execute(select(Entity.entity_id, Entity.state).where(Entity.entity == "reserved")):
        if "sealed" in row.state:
            stamp, text = row.state["sealed"]
            root = office.last(row.entity_id, into)
            latest[root] = max((stamp, text, row.entity_id), latest.get(root, ("", "", "")))
    try:
        opened = {root: records.unseal(key, of, text) for root, (_, text, of) in latest.items()}
    except (InvalidTag, ValueError):
        raise Wrong(WRONG_KEY) from None
    return {
        root: frozenset(name for name in office.CRITERIA if said.get(name) == "OUI") for root, said in opened.items()
    }
