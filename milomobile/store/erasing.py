"""Erasing someone from this laptop: rows, search words, keys, drafts left aside, and the lines that told of them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, text, update

from milomobile.store import settings, sought
from milomobile.store.directory_tables import Referral
from milomobile.store.tables import Appointment, Correction, Draft, Encounter, Outbox, Person, PersonKey

OUTDATED = "copies_outdated"
"""The setting with the moment of the last erasing."""
_KEPT = frozenset(
    "id kind at day stop_id place_id setting adviser_id person_id women men unspecified outcome needs seq "
    "reduced_at first_met".split()
)
"""What stays of an encounter, for the figures: that it took place, where and when, what came of it; nothing about whom."""
_GONE: dict[str, Any] = {
    column.name: [] if column.name in ("resources", "audiences", "barriers") else None
    for column in Encounter.__table__.columns
    if column.name not in _KEPT
}
_ABOUT = ("amends", "was_anonymous")
"""Names of a draft's answers that hold the id of an encounter."""


def erase(session: Connection, person: str) -> bool:
    """Forgets someone; their encounters stay as anonymous ones, for the figures. False where nobody has that id.

    Lines keep number, digest and chain; what they said is emptied, sent or not. One that still waits travels hollow.
    """
    rank = session.execute(select(Person.rank).where(Person.id == person)).scalar()
    if rank is None:
        return False
    met = list(session.execute(select(Encounter.id).where(Encounter.person_id == person)).scalars())
    meetings = list(session.execute(select(Appointment.id).where(Appointment.person_id == person)).scalars())
    sent = list(session.execute(select(Referral.id).where(Referral.person_id == person)).scalars())
    about = Outbox.entity_id.in_([person, *met, *meetings, *sent])
    session.execute(update(Outbox).where(about).values(line=None, reason=None, emptied_at=None))
    session.execute(update(Outbox).where(about, Outbox.state != "waiting").values(state="gone"))
    session.execute(delete(Appointment).where(Appointment.person_id == person))
    session.execute(delete(Correction).where(Correction.person_id == person))
    session.execute(delete(Referral).where(Referral.person_id == person))
    session.execute(
        update(Encounter)
        .where(Encounter.person_id == person)
        .values(kind="anonymous", person_id=None, women=0, men=0, unspecified=1, **_GONE)
    )
    session.execute(update(Person).where(Person.merged_into == person).values(merged_into=None, merged_by=None))
    session.execute(delete(PersonKey).where(PersonKey.person_id == person))
    session.execute(text("DELETE FROM person_search WHERE rowid = :rank"), {"rank": rank})
    sought.forget(session, person)
    session.execute(delete(Draft).where(Draft.answers["same_as"].as_string() == person))
    if met:
        session.execute(delete(Draft).where(or_(*(Draft.answers[name].as_string().in_(met) for name in _ABOUT))))
    session.execute(delete(Person).where(Person.id == person))
    outdate_copies(session)
    return True


def outdate_copies(session: Connection) -> None:
    """What was just taken away is still in the profile's own copies: they are to be made anew (actions.snapshots)."""
    settings.put(session, {OUTDATED: datetime.now(UTC).isoformat()})
