"""The first-run assistant's own record: which of its steps are still to do."""

from datetime import datetime

from milomobile.actions.open import SETTING_UP, Profile
from milomobile.domain import setting_up
from milomobile.store import journal, settings


def left(profile: Profile) -> tuple[str, ...]:
    """Steps of `domain.setting_up` still to do."""
    with profile.store.read() as session:
        return setting_up.left(settings.get(session, SETTING_UP))


def done(profile: Profile, step: str, now: datetime) -> None:
    """One is done, or was declined."""
    with profile.store.write() as session:
        kept = settings.get(session, SETTING_UP)
        if step in setting_up.left(kept):
            settings.put(session, {SETTING_UP: setting_up.without(kept, step)})
            journal.write(session, now, profile.adviser_id, "change setup", step)
