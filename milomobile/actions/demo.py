"""Fills a new profile with invented people, through the same act as the form."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from milomobile import reference
from milomobile.actions import invent
from milomobile.actions.directory import import_directory
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import known_place, register_in
from milomobile.domain.reading import read
from milomobile.paths import DEMO_PASSWORD, RESOURCES
from milomobile.store import outbox
from milomobile.store.outbox import Letter

PASSWORD = "demo-milo-mobile-2026"
ADVISER = "Camille Lanterne"
_AT_ONCE = 200


def make(folder: Path, people: int, encounters: int, seed: int, now: datetime) -> tuple[int, int]:
    """A demonstration profile; returns (people, encounters). Raises NotOurs where a profile is already there."""
    create(folder, ADVISER, PASSWORD, now)
    (folder / DEMO_PASSWORD).write_text(PASSWORD, encoding="utf-8")
    profile = open_profile(folder, ADVISER, PASSWORD, now)
    try:
        _know_places(profile, now)
        import_directory(profile, RESOURCES / "directory" / "exemple_fictif.json", now)
        return people, fill(profile, invent.lines(people, max(people, encounters), seed, now), now)
    finally:
        profile.close()


def _know_places(profile: Profile, now: datetime) -> None:
    letters: list[Letter] = []
    moment = round(now.timestamp() * 1000)
    with profile.store.write() as session:
        for (name, setting), (commune, qpv) in zip(invent.PLACES, invent.WHERE, strict=True):
            known_place(session, name, setting, commune, qpv, letters, moment)
        outbox.put(session, letters, now)


def fill(profile: Profile, lines: Iterator[dict[str, Any]], now: datetime) -> int:
    """Registers invented lines, some hundreds in one transaction; returns how many."""
    count = 0
    while chunk := list(islice(lines, _AT_ONCE)):
        with profile.store.write() as session:
            for line in chunk:
                record, found = read(line, reference.lists(), now)
                if record is None or any(problem.refused for problem in found):
                    raise ValueError(f"an invented line is not valid: {found}")
                register_in(session, profile, record, now, found)
                count += 1
    return count
