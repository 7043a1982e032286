"""Erasing somebody for good: here at once, at the server and on the other laptops once it was told (RGPD art. 17)."""

from datetime import datetime

from milomobile.actions.open import Profile
from milomobile.actions.shown import GONE
from milomobile.domain.erasure import ASKED, REASONS
from milomobile.errors import NotOurs
from milomobile.store import erasing, journal, outbox, people, settings
from milomobile.store.outbox import Letter


def erase(profile: Profile, person: str, reason: str, now: datetime) -> int:
    """Erases someone and the files found to be theirs; returns how many files. Raises NotOurs.

    `reason` is a code of `domain.erasure`. What still waited of them travels hollow; their tombstone comes after it.
    """
    if reason not in REASONS:
        raise NotOurs(ASKED)
    with profile.store.write() as session:
        if people.get(session, person) is None:
            raise NotOurs(GONE)
        every = people.circle(session, people.merged(session, person))
        for id in every:
            erasing.erase(session, id)
            journal.write(session, now, profile.adviser_id, "erase person", id)
        outbox.put(session, [Letter("person", id, {"reason": reason}, "erase") for id in every], now)
        settings.put(session, {"to_compact": "yes"})
    profile.store.forget()
    return len(every)
