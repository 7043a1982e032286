"""What leaves for the office: files and figures of a period."""

import os
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from milomobile import reference
from milomobile.actions import home
from milomobile.actions.open import Profile
from milomobile.domain import retention
from milomobile.domain.people import abroad
from milomobile.errors import NoRoom, NotReady
from milomobile.reports import contacts, sealed, sheets
from milomobile.store import encounters, journal, tallies


def export_contacts(
    profile: Profile, first: date, last: date, file: Path, now: datetime, password: str | None = None
) -> int:
    """Writes the period's encounters (both dates included) to a CSV file; returns the rows. Raises NotReady, NoRoom.

    The file appears whole or not at all: it is written beside its place and then moved there. With a password it is in
    an encrypted ZIP (`zipped`), and never in clear on the way.
    """
    if first > last:
        raise NotReady("La période finit avant de commencer. Corrigez les dates.")
    place = file if password is None else zipped(file)
    fresh = place.with_name(place.name + ".part")
    cells = contacts.line_of(reference.lists(), reference.commune_names(), reference.origin_groups())
    try:
        with profile.store.read() as session, _opened(fresh, file, password) as out:
            count = sheets.write_csv(out, contacts.HEADER, map(cells, encounters.contacts(session, first, last)))
        os.replace(fresh, place)
    except OSError as wrong:
        raise NoRoom(
            f"Le fichier {place.name} n’a pas pu être écrit ({wrong.strerror}). Les fiches sont intactes. Fermez-le "
            "s’il est ouvert dans un tableur, ou choisissez un autre dossier."
        ) from None
    finally:
        fresh.unlink(missing_ok=True)
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "export contacts")
    return count


def zipped(file: Path) -> Path:
    """Where an export goes that a password protects."""
    return file if file.suffix.lower() == ".zip" else file.with_name(file.stem + ".zip")


def _opened(fresh: Path, file: Path, password: str | None) -> AbstractContextManager[TextIO]:
    made = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    if password is None:
        return open(made, "w", encoding="utf-8", newline="")
    return sealed.entry(open(made, "wb"), file.with_suffix(".csv").name, password)


def figures(profile: Profile, first: date, last: date) -> dict[str, int]:
    """Counts of a period: encounters, registrations, anonymous, groups, people_met, people.

    `outside` are those of `people` who belong to another Mission Locale.
    """
    territory = home.territory(profile)
    with profile.store.read() as session:
        counts, homes = encounters.figures(session, first, last), encounters.homes(session, first, last)
        counts["people"] += tallies.people(session, first, last)
        before = tallies.people(session, first, last, retention.OUTSIDE)
    outside = before + sum(
        people
        for commune, country, structure, people in homes
        if territory.outside(commune, abroad(country), structure)
    )
    return {**counts, "outside": outside}
