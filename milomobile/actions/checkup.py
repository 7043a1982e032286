"""Whether the installed program is whole: it does once, in a folder of its own, all that a day asks of its parts."""

import contextlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from milomobile import paths, reference
from milomobile.actions import files, find, invent, papers
from milomobile.actions.diagnostics import check_file
from milomobile.actions.open import Profile, create, open_profile
from milomobile.actions.register import register
from milomobile.domain.files import Asked
from milomobile.domain.reading import read
from milomobile.domain.support import Failed
from milomobile.errors import Trouble
from milomobile.security import keychain, slots

_NAME = "Vérification"
_UNREAD = "what was written is not what is read"
PASSWORD_FILE = "password.txt"  # noqa: S105
"""Beside each old store: what opens it."""


def check(
    now: datetime, draw: Callable[[Path], object], old_stores: Path | None = None
) -> tuple[list[str], list[Failed]]:
    """Warnings, and what does not work. `draw` paints the unlock page of a profile; `old_stores` holds a profile of each
    past version, which are upgraded as copies.
    """
    warnings, failed = [], []
    with _somewhere() as folder:
        password = secrets.token_hex(16) + "Aa-"
        steps: list[tuple[str, Callable[[], object]]] = [
            ("le fichier chiffré, écrit et relu", partial(_day, folder, password, now)),
            ("l’écran d’ouverture", partial(draw, folder / "profile")),
            ("l’aide et ses images", _guide),
            ("la vérification des mises à jour", partial(_updates, folder / "updates", paths.release_root())),
            *((f"le fichier de la version {one.name}", partial(_old, one, folder, now)) for one in _each(old_stores)),
        ]
        for name, step in steps:
            try:
                step()
            except Exception as wrong:
                failed.append(Failed(name, type(wrong).__name__, wrong.sentence if isinstance(wrong, Trouble) else ""))
    if ails := keychain.trouble():
        warnings.append(ails)
    return warnings, failed


def _each(old_stores: Path | None) -> list[Path]:
    """Raises Trouble where no store is there: a check of nothing is none."""
    found = sorted(one for one in old_stores.iterdir() if one.is_dir()) if old_stores and old_stores.is_dir() else []
    if old_stores and not found:
        raise Trouble(
            f"Le dossier {old_stores} ne contient aucun fichier d’une version passée. Rien n’a été vérifié. Donnez celui qui en contient."
        )
    return found


@contextlib.contextmanager
def _somewhere() -> Iterator[Path]:
    """A folder that goes, with what the keyring was given for a profile in it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        try:
            yield folder
        finally:
            for kept in slots.read(folder / "profile") if (folder / "profile" / slots.FILE).exists() else ():
                keychain.forget(kept.id)


def _day(folder: Path, password: str, now: datetime) -> None:
    """A profile is made and opened; somebody is registered, found, exported, reported; the whole file is read."""
    create(folder / "profile", _NAME, password, now)
    with contextlib.closing(open_profile(folder / "profile", None, password, now)) as profile:
        record, wrong = read(invent.named(Random(1), 1, now), reference.lists(), now)  # noqa: S311
        if record is None:
            raise RuntimeError(f"the form refuses {[one.field for one in wrong]}")
        register(profile, record, now)
        if len(find.search(profile, "", now)) != 1:
            raise RuntimeError(_UNREAD)
        check_file(profile)
        _papers(profile, folder, now)


def _papers(profile: Profile, folder: Path, now: datetime) -> None:
    day = now.date()
    for kind in ("csv", "xlsx"):
        told = files.write(profile, Asked("contacts", day, day, kind), folder / f"contacts.{kind}", now)
        if told.rows != 1 or not told.files[0].stat().st_size:
            raise RuntimeError(_UNREAD)
    if not papers.write_day(profile, day, folder / "journee.pdf", now).read_bytes().startswith(b"%PDF-"):
        raise RuntimeError(_UNREAD)


def _guide() -> None:
    """Every page of the user guide is there, and every picture in it."""
    lacking = [name for page in reference.guide() for name in page.pictures() if not (paths.GUIDE / name).is_file()]
    if lacking:
        raise RuntimeError(f"the guide lacks {lacking}")


def _updates(trusted: Path, root: bytes | None) -> None:
    """The publisher's root that this program was built with, where it has one, is one; a source without news says so."""
    from sync import releases

    if root:
        try:
            releases.offers(trusted, root, lambda _: None)
        except releases.Refused as wrong:
            if wrong.kind != "none":
                raise


def _old(kept: Path, folder: Path, now: datetime) -> None:
    copied = folder / f"old-{kept.name}"
    shutil.copytree(kept, copied, copy_function=shutil.copyfile)
    password = (copied / PASSWORD_FILE).read_text(encoding="utf-8").strip()
    with contextlib.closing(open_profile(copied, None, password, now)) as profile:
        check_file(profile)
        if not find.count_people(profile):
            raise RuntimeError(_UNREAD)
