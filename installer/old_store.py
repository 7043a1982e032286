"""Writes the store of this very version, to be upgraded by all that come after: python -m installer.old_store, once a release.

`tests/old_stores/X.Y.Z/` is a whole profile of invented people, made without a keyring; `password.txt` opens it, `rows.json` says how
many rows each table has.
"""

import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random

import keyring
from keyring.backends.fail import Keyring as NoKeyring

from milomobile import __version__, reference
from milomobile.actions import invent, plan
from milomobile.actions.checkup import PASSWORD_FILE
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import register
from milomobile.domain.dates import LOCAL
from milomobile.domain.reading import read
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
    """What a day leaves: named people, an anonymous contact, a draft."""
    lists = reference.lists()
    anonymous = {"kind": "anonymous", "at": now.isoformat(), "place": "Marché de Borny", "setting": "RUE"}
    for line in (*(invent.named(Random(seed), seed, now) for seed in range(_PEOPLE)), anonymous):  # noqa: S311
        record, wrong = read(line, lists, now)
        if record is None:
            raise SystemExit(f"An invented line is refused: {wrong}")
        register(profile, record, now)
    plan.keep_draft(profile, "draft-1", {"person.given_name": "Inès"}, now)


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
