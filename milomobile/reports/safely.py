"""Files that are there whole or not at all: written beside their place, on the disk, then moved there; all or none."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from milomobile.domain.disk import why
from milomobile.errors import NoRoom
from milomobile.reports import sealed

Begin = Callable[[Path, str | None, str], BinaryIO]
"""A file's place; with a password what is written goes straight into an encrypted ZIP, under the name given last."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_BEFORE = "Rien n’est écrit, et les fiches sont intactes."
_THERE = "Le fichier {} existe déjà. Rien n’est écrit, et il est intact. Donnez un autre nom, ou déplacez-le d’abord."
_NO_FILE = "«\u00a0{}\u00a0» existe déjà, et n’est pas un fichier ordinaire. Rien n’est écrit, et il est intact. Donnez un autre nom."


@contextmanager
def written(place: Path, password: str | None = None, inside: str = "", replace: bool = False) -> Iterator[BinaryIO]:
    """One file to write to, as `together` makes several."""
    with together(replace=replace) as begin:
        yield begin(place, password, inside)


@contextmanager
def together(noted: Callable[[], object] = lambda: None, replace: bool = False) -> Iterator[Begin]:
    """Files to write to, which only their owner reads; they have their names once all of them are on the disk.

    Raises NoRoom with the reason, and then leaves none of them. What has the name already stays as it is, unless it is a
    file and `replace` says that its owner was asked. `noted` is called before the first has its name: where it raises,
    there is none.
    """
    places: list[Path] = []
    named: list[Path] = []
    with ExitStack() as beside:
        try:
            with ExitStack() as files:

                def begin(place: Path, password: str | None = None, inside: str = "") -> BinaryIO:
                    places.append(place)
                    check(place, replace)
                    try:
                        raw = files.enter_context(_on_disk(_beside(place)))
                    except OSError as wrong:
                        raise NoRoom(sentence(place, wrong)) from None
                    beside.callback(_gone, _beside(place))
                    return files.enter_context(sealed.entry(raw, inside, password)) if password else raw

                yield begin
            noted()
            for place in places:
                check(place, replace)
                os.replace(_beside(place), place)
                named.append(place)
                _sync(place.parent)
        except BaseException as wrong:
            for place in () if replace else named:
                _gone(place)
            if isinstance(wrong, OSError) and places:
                raise NoRoom(sentence(places[0], wrong)) from None
            raise


def check(place: Path, replace: bool = False) -> None:
    """Raises NoRoom where something has the name: a file that nobody said to replace, or what is no file at all."""
    try:
        kind = place.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as wrong:
        raise NoRoom(sentence(place, wrong)) from None
    if not stat.S_ISREG(kind):
        raise NoRoom(_NO_FILE.format(place))
    if not replace:
        raise NoRoom(_THERE.format(place.name))


def fresh(file: Path) -> BinaryIO:
    """An empty file that only its owner reads, in the place of a file of that name; raises OSError for what is no file."""
    clear(file)
    return open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK, 0o600), "wb")


def clear(file: Path) -> None:
    """Takes a file away that was left there; raises OSError for a folder, a link, a device: those are not ours."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(file.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, "no regular file", str(file))
        file.unlink()


_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def _beside(place: Path) -> Path:
    return place.with_name(place.name + ".part")


def _gone(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


@contextmanager
def _on_disk(file: Path) -> Iterator[BinaryIO]:
    with fresh(file) as raw:
        yield raw
        raw.flush()
        os.fsync(raw.fileno())


def sentence(place: Path, wrong: OSError) -> str:
    """The sentence for a file that could not be written."""
    if wrong.errno in _FULL:
        return f"Le disque est plein\u00a0: {place.name} n’a pas pu être écrit. {_BEFORE} Libérez de la place, ou changez de dossier."
    if isinstance(wrong, FileExistsError):
        return f"«\u00a0{_beside(place)}\u00a0» existe déjà, et n’est pas un fichier ordinaire. {_BEFORE} Donnez un autre nom."
    if wrong.errno == errno.ENAMETOOLONG:
        return f"Le nom «\u00a0{_short(place.name)}\u00a0» est trop long. {_BEFORE} Donnez-en un plus court."
    if isinstance(wrong, PermissionError) and place.exists():
        return f"{place.name} est ouvert dans un tableur, ou protégé. {_BEFORE} Fermez-le, ou changez de nom ou de dossier."
    if isinstance(wrong, PermissionError) or wrong.errno == errno.EROFS:
        return f"Le dossier {place.parent} est en lecture seule. {_BEFORE} Choisissez un autre dossier."
    if isinstance(wrong, FileNotFoundError | NotADirectoryError):
        ails = "ne prend pas de fichiers" if place.parent.is_dir() else "n’existe pas"
        return f"Le dossier {place.parent} {ails}. {_BEFORE} Choisissez un autre dossier."
    return f"{place.name} n’a pas pu être écrit ({why(wrong)}). {_BEFORE} Choisissez un autre dossier."


def _short(name: str) -> str:
    return name if len(name) < 40 else f"{name[:30]}…"


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
