"""Annuler: an anonymous contact or a group counted by mistake is taken back, here and at the office."""

from datetime import datetime, timedelta

from milomobile.actions.open import Profile
from milomobile.errors import NotOurs
from milomobile.store import encounters, journal, outbox
from milomobile.store.outbox import Letter

LATEST = timedelta(minutes=1)
_TOO_LATE = "Ce contact ne peut plus être annulé ici\u00a0: il reste compté. Prévenez le bureau s’il est de trop."


def undo(profile: Profile, encounter: str, now: datetime) -> None:
    """Forgets an anonymous or group encounter of the last minute. Raises NotOurs where it is none.

    The line that told of it stays as it is, waiting or sent: one more line withdraws it, so whichever arrives, and in
    whatever order, the office does not count it.
    """
    with profile.store.write() as session:
        row = encounters.get(session, encounter)
        if row is None or row.kind == "named" or now - row.at > LATEST:
            raise NotOurs(_TOO_LATE)
        encounters.forget(session, encounter)
        outbox.put(session, [Letter("encounter", encounter, {"withdrawn": True}, "update")], now)
        journal.write(session, now, profile.adviser_id, "erase encounter", encounter)
