"""What leaves for the office: files and figures of a period."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from milomobile import reference
from milomobile.actions import home
from milomobile.actions.open import Profile
from milomobile.domain.people import abroad
from milomobile.errors import NoRoom, NotReady
from milomobile.reports import contacts, sheets
from milomobile.store import encounters, journal


def export_contacts(profile: Profile, first: date, last: date, file: Path, now: datetime) -> int:
    """Writes the period's encounters (both dates included) to a CSV file; returns the rows. Raises NotReady, NoRoom.

    The file appears whole or not at all: it is written beside its place and then moved there.
    """
    if first > last:
        raise NotReady("La période finit avant de commencer. Corrigez les dates.")
    fresh = file.with_name(file.name + ".part")
    cells = contacts.line_of(reference.lists(), reference.commune_names(), reference.origin_groups())
    try:
        with profile.store.read() as session, _private(fresh) as out:
            count = sheets.write_csv(out, contacts.HEADER, map(cells, encounters.contacts(session, first, last)))
        os.replace(fresh, file)
    except OSError as wrong:
        raise NoRoom(
            f"Le fichier {file.name} n’a pas pu être écrit ({wrong.strerror}). Les fiches sont intactes. Fermez-le "
            "s’il est ouvert dans un tableur, ou choisissez un autre dossier."
        ) from None
    finally:
        fresh.unlink(missing_ok=True)
    with profile.store.write() as session:
        journal.write(session, now, profile.adviser_id, "export contacts")
    return count


def _private(file: Path) -> TextIO:
    return open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="")


def figures(profile: Profile, first: date, last: date) -> dict[str, int]:
    """Counts of a period: encounters, registrations, anonymous, groups, people_met, people.

    `outside` are those of `people` who belong to another Mission Locale.
    """
    territory = home.territory(profile)
    with profile.store.read() as session:
        counts, homes = encounters.figures(session, first, last), encounters.homes(session, first, last)
    outside = sum(
        people
        for commune, country, structure, people in homes
        if territory.outside(commune, abroad(country), structure)
    )
    return {**counts, "outside": outside}
