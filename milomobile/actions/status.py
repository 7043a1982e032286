"""What a profile holds."""

from pathlib import Path
from typing import Any

from milomobile.actions.open import Profile
from milomobile.actions.open import whole as whole_profile
from milomobile.security import slots
from milomobile.store import encounters, engine, people, sending, settings

_NAMES = ("people", "encounters", "waiting", "refused", "drafts", "last_sync", "schema", "device", "server")


def status(profile: Profile) -> dict[str, Any]:
    """Counts, the last complete sending, the schema, the laptop and its server."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
        states = sending.counts(session)
        return {
            "people": people.count(session),
            "encounters": encounters.count(session),
            "waiting": states.get("waiting", 0),
            "refused": states.get("refused", 0),
            "drafts": sending.count_drafts(session),
            "last_sync": kept.get("last_sync"),
            "schema": profile.schema,
            "device": profile.device,
            "server": kept.get("server"),
        }


def locked(folder: Path) -> dict[str, Any]:
    """What is known of a profile without its key; raises NotOurs where there is none, or not a whole one."""
    whole_profile(folder)
    advisers = [slot for slot in slots.read(folder) if slot.kind == "adviser"]
    return {**dict.fromkeys(_NAMES), "locked": True, "advisers": len(advisers), "size": _size(folder)}


def _size(folder: Path) -> int:
    """Bytes of the store's files."""
    return sum(file.stat().st_size for file in folder.glob(engine.FILE + "*"))
