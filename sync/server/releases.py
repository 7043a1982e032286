"""The release of the laptop's program that the office offers: added whole from the publisher's file, given out in pieces.

A folder of the server's own: `metadata/` as it was signed, `targets/` by SHA-256, `trusted/` what was believed here. In no
backup: the publisher's file is one.
"""

import argparse
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from milomobile import paths
from milomobile.domain.disk import why
from sync import releases
from sync.server import identity, journal
from sync.server.store import Store
from sync.server.wrong import Wrong

FOLDER = "releases"
_NO_ROOT = (
    "Ce serveur n’a pas la clé publique de l’éditeur, il ne peut donc vérifier aucune version. Rien n’a été ajouté. "
    "Installez le serveur que l’éditeur publie."
)
_REFUSED = {
    "unsigned": "n’est pas signé par l’éditeur de Milo Mobile. Rien n’a été ajouté. N’ouvrez pas ce fichier",
    "older": "est plus ancien que celui déjà ajouté. Rien n’a été modifié. Les postes refuseraient une version plus ancienne",
    "expired": "n’est plus valable\u00a0: sa signature a plus d’un an. Rien n’a été ajouté. Demandez-en un nouveau à l’éditeur",
    "damaged": "est abîmé, incomplet, ou n’est pas une version de Milo Mobile. Rien n’a été ajouté. Copiez-le de nouveau",
}


def add(data: Path, root: bytes | None, file: Path) -> dict[str, Any]:
    """Takes a release in place of the one before, once all of it was verified; laptops see one or the other. Raises Wrong."""
    if root is None:
        raise Wrong(_NO_ROOT)
    shelf = data / FOLDER
    kept: set[str] = set()
    try:
        (shelf / "targets").mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {file.name for file in (shelf / "targets").iterdir()}
        with releases.opened(file) as bundle:
            offered = releases.offers(shelf / "trusted", root, bundle.metadata)
            for release in offered.values():
                _put(shelf / "targets" / release.sha256, partial(bundle.pour, release))
            (shelf / "metadata").mkdir(exist_ok=True, mode=0o700)
            for name in bundle.names():
                _put(shelf / "metadata" / name, partial(_write, bundle.metadata(name) or b""))
        kept = {release.sha256 for release in offered.values()}
    except releases.Refused as wrong:
        said = _REFUSED.get(wrong.kind, _REFUSED["damaged"])
        raise Wrong(f"Le fichier {file} {said}.") from None
    except OSError as wrong:
        raise Wrong(
            f"La version n’a pas pu être ajoutée ({why(wrong)}). Celle d’avant est encore proposée aux postes. Vérifiez "
            "le fichier et la place, puis recommencez."
        ) from None
    finally:
        for left in (shelf / "targets").glob("*"):
            if left.name not in kept:
                left.unlink()
    version = max(release.version for release in offered.values())
    return {
        "version": version,
        "files": {system: release.name for system, release in offered.items()},
        "valid_until": releases.valid_until(shelf / "trusted"),
    }


def _put(file: Path, write: Callable[[Path], object]) -> None:
    """A file that is whole and on the disk, or not there."""
    part = file.with_name(file.name + ".part")
    try:
        write(part)
        with part.open("rb+") as kept:
            os.fsync(kept.fileno())
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


def _write(content: bytes, out: Path) -> None:
    out.write_bytes(content)


def metadata(shelf: Path | None, name: str) -> bytes | None:
    """A metadata file as it was signed; None where there is no such."""
    if shelf is None or not re.fullmatch(releases.METADATA, name):
        return None
    return _read(shelf / "metadata" / name, 0, -1)


def piece(shelf: Path | None, digest: str, number: str) -> bytes | None:
    """A numbered piece of a program; None where there is no such, or no more of it."""
    wrong = not re.fullmatch(releases.DIGEST, digest) or not re.fullmatch("[0-9]{1,5}", number)
    if shelf is None or wrong:
        return None
    return _read(shelf / "targets" / digest, int(number) * releases.PIECE, releases.PIECE) or None


def _read(file: Path, start: int, most: int) -> bytes | None:
    try:
        with file.open("rb") as content:
            content.seek(start)
            return content.read(most)
    except FileNotFoundError:
        return None


def add_to(
    add_call: Callable[..., argparse.ArgumentParser],
    with_store: Callable[..., Callable[..., Any]],
    now: Callable[[], int],
) -> None:
    """Adds `release add`; `add_call(name, verb, said)` makes a call, `now` gives milliseconds since 1970."""

    def release(store: Store, known: identity.Identity, args: argparse.Namespace) -> dict[str, Any]:
        added = add(args.data, paths.release_root(), args.file)
        with store.write() as session:
            journal.note(session, now(), "import release", str(added["version"]))
        return added

    call = add_call("release", with_store(release), "propose aux postes une version plus récente de Milo Mobile")
    call.add_argument("act", choices=["add"])
    call.add_argument("file", type=Path, metavar=f"FICHIER{releases.SUFFIX}")
