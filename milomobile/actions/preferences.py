"""What is set for the screen of this laptop, kept in its store."""

from datetime import datetime

from milomobile.actions.open import Profile
from milomobile.domain.preferences import Preferences, minutes
from milomobile.store import journal, settings


def preferences(profile: Profile) -> Preferences:
    """As last set, or as usual."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
    return Preferences(
        minutes(kept.get("lock_minutes")), kept.get("discreet") == "1", kept.get("discreet_at_stops") == "1"
    )


def prefer(profile: Profile, wanted: Preferences, now: datetime) -> None:
    """Keeps it; another delay before the lock is told to the journal."""
    kept = {
        "lock_minutes": str(minutes(str(wanted.lock_minutes))),
        "discreet": str(int(wanted.discreet)),
        "discreet_at_stops": str(int(wanted.discreet_at_stops)),
    }
    with profile.store.write() as session:
        before = minutes(settings.get(session, "lock_minutes"))
        settings.put(session, kept)
        if kept["lock_minutes"] != str(before):
            journal.write(session, now, profile.adviser_id, "change", "lock_minutes")
