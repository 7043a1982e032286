"""A file that is there whole or not at all: written beside its place, on the disk, then moved there."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from milomobile.domain.disk import why
from milomobile.errors import NoRoom
from milomobile.reports import sealed

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_BEFORE = "Rien n’est écrit, et les fiches sont intactes."


@contextmanager
def written(place: Path, password: str | None = None, inside: str = "") -> Iterator[BinaryIO]:
    """A file to write to, which only its owner reads; raises NoRoom with the reason, and then leaves nothing.

    With a password what is written goes straight into an encrypted ZIP, under the name `inside`.
    """
    beside = place.with_name(place.name + ".part")
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(fresh(beside))
            with sealed.entry(raw, inside, password) if password else _same(raw) as out:
                yield out
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(beside, place)
        _sync(place.parent)
    except OSError as wrong:
        raise NoRoom(sentence(place, wrong)) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def fresh(file: Path) -> BinaryIO:
    """An empty file that only its owner reads, in the place of whatever stood under its name: never through a link."""
    file.unlink(missing_ok=True)
    return open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK, 0o600), "wb")


_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def _same(file: BinaryIO) -> Iterator[BinaryIO]:
    yield file


def sentence(place: Path, wrong: OSError) -> str:
    """The sentence for a file that could not be written."""
    if wrong.errno in _FULL:
        return f"Le disque est plein : {place.name} n’a pas pu être écrit. {_BEFORE} Libérez de la place, ou changez de dossier."
    if isinstance(wrong, PermissionError) and place.exists():
        return f"{place.name} est ouvert dans un tableur, ou protégé. {_BEFORE} Fermez-le, ou changez de nom ou de dossier."
    if isinstance(wrong, PermissionError) or wrong.errno == errno.EROFS:
        return f"Le dossier {place.parent} est en lecture seule. {_BEFORE} Choisissez un autre dossier."
    if isinstance(wrong, FileNotFoundError | NotADirectoryError):
        return f"Le dossier {place.parent} n’existe pas. {_BEFORE} Choisissez un autre dossier."
    return f"{place.name} n’a pas pu être écrit ({why(wrong)}). {_BEFORE} Choisissez un autre dossier."


def _sync(folder: Path) -> None:
    """The new name is on the disk too, where the system can say so."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        except OSError:
            pass
        finally:
            os.close(opened)
