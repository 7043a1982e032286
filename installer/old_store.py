"""Writes the store of this very version, to be upgraded by all that come after: python -m installer.old_store, once a release.

`tests/old_stores/X.Y.Z/` is a whole profile of invented people, made without a keyring; `password.txt` opens it, `rows.json` says how
many rows each table has.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from milomobile import __version__, reference
from milomobile.actions import invent, plan
from milomobile.actions.checkup import PASSWORD_FILE
from milomobile.actions.directory import import_directory
from milomobile.actions.merging import merge
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import register
from milomobile.actions.stops import open_stop
from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Halt, Place, Planned
from milomobile.domain.reading import read
from milomobile.paths import RESOURCES
from milomobile.store import copies

FOLDER = Path(__file__).parent.parent / "tests" / "old_stores"
ADVISER, PASSWORD, ROWS = "Camille", "Un-mot-2-passe-de-test", "rows.json"
_PEOPLE = 6


def write(folder: Path, now: datetime) -> dict[str, int]:
    """A profile of some days ago, its people, a draft, nothing sent; returns the rows of each table."""
    keyring.set_keyring(NoKeyring())
    create(folder, ADVISER, PASSWORD, now)
    with closing(open_profile(folder, None, PASSWORD, now)) as profile:
        fill(profile, now)
        profile.store.compact()
        counts = copies.counts(folder / "store.db", profile.key)
    (folder / PASSWORD_FILE).write_text(PASSWORD + "\n", encoding="utf-8")
    (folder / ROWS).write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    for left in folder.iterdir():
        if left.name not in ("keys.json", "store.db", PASSWORD_FILE, ROWS):
            left.unlink()
    return counts


def fill(profile: Profile, now: datetime) -> None:
    """What days leave: a directory, a stop of today and one to come, contacts of each kind, two files of one person, a draft."""
    import_directory(profile, RESOURCES / "directory" / "exemple_fictif.json", now)
    (place, setting), (commune, qpv) = invent.PLACES[0], invent.WHERE[0]
    open_stop(profile, place, setting, commune, qpv, Halt(now, partners=("Bibliothèque",), team=(ADVISER,)), now)
    tomorrow = now.date() + timedelta(days=1)
    plan.plan_stop(profile, Planned("", tomorrow, Place("", place, setting, commune, qpv), starts=time(14)), now)
    people = [_kept(profile, line, now) for line in _lines(now)]
    merge(profile, people[1], people[0], now)
    plan.keep_draft(profile, "draft-1", {"person.given_name": "Inès"}, now)


def _lines(now: datetime) -> Iterator[dict[str, Any]]:
    """`register` lines: one to be called, one with a meeting, others, somebody without a name, a group."""
    soon = {"at": (now + timedelta(days=4)).isoformat(timespec="seconds"), "place": "Mission Locale"}
    more = ({"recall_on": f"{now + timedelta(days=2):%Y-%m-%d}"}, {"outcome": "RDV_PRIS", "appointment": soon})
    for seed in range(_PEOPLE):
        yield {**invent.named(Random(seed), seed, now), **(more[seed % 4] if seed % 4 < 2 else {})}  # noqa: S311
    where = {"at": now.isoformat(timespec="seconds"), "place": "Marché de Borny", "setting": "RUE"}
    yield {"kind": "anonymous", **where}
    yield {"kind": "group", **where, "women": 2, "men": 1}


def _kept(profile: Profile, line: dict[str, Any], now: datetime) -> str:
    """Registers a line; whom it is about, "" for nobody by name."""
    record, wrong = read(line, reference.lists(), now)
    if record is None:
        raise SystemExit(f"An invented line is refused: {wrong}")
    return register(profile, record, now).person or ""


def main() -> int:
    """Refuses to write a released version's anew."""
    folder = FOLDER / __version__
    if folder.exists():
        print(f"{folder} is there already, and stays as it was released.", file=sys.stderr)
        return 1
    counts = write(folder, datetime.now(LOCAL))
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{folder}: {size / 1000:.0f} kB, {sum(counts.values())} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
