"""Somebody sent to a service of the directory: what is kept of it and what travels, alone or with a registration."""

from datetime import datetime

from sqlalchemy import Connection

from milomobile.actions.open import Profile
from milomobile.domain.referrals import Referral
from milomobile.store import directory
from milomobile.store.outbox import Letter
from sync import records

GONE = "Ce service n’est plus dans l’annuaire de ce poste. Cherchez-en un autre."


def sending(
    session: Connection, profile: Profile, person: str, service: str, at: datetime
) -> tuple[Referral, Letter] | None:
    """The referral and its letter; None where the directory has no service of that id (any more)."""
    offered = directory.get(session, service)
    if offered is None:
        return None
    referral = Referral(person, service, offered[0].name, offered[1].name, at)
    said = {"person": person, "service": service, "name": referral.name, "structure": referral.structure}
    answers = {**said, "at": at.isoformat(), "status": "OUVERTE", "adviser": profile.adviser}
    return referral, Letter("referral", records.uuid7(round(at.timestamp() * 1000)), answers)
