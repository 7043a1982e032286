"""How the screen looks, kept in a plain file of the profile: it is read before anybody unlocks, and names nobody."""

import os
from contextlib import suppress
from pathlib import Path

from milomobile.domain.disk import why
from milomobile.domain.display import Display, as_text, from_text
from milomobile.errors import NoRoom

FILE = "display.json"


def read(folder: Path) -> Display:
    """As last chosen; as usual where nothing was, or the file is damaged."""
    try:
        return from_text((folder / FILE).read_bytes().decode("utf-8", "replace"))
    except OSError:
        return Display()


def write(folder: Path, shown: Display) -> None:
    """Keeps it, whole or not at all; raises NoRoom where the disk takes nothing."""
    fresh = folder / f"{FILE}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(as_text(shown))
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, folder / FILE)
    except OSError as wrong:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise NoRoom(
            f"Cet affichage n’a pas pu être gardé\u00a0: {why(wrong)} Les fiches sont intactes. Réessayez plus tard."
        ) from None
