"""What the office's technician is told when a call cannot be done."""

from pathlib import Path

_OURS = "«\u00a0{}\u00a0» est dans le dossier du serveur, qui ne reçoit pas de fichier. Rien n’est écrit. Donnez-en un autre."


class Wrong(Exception):
    """Wrong usage, or an act that is refused: one French sentence, and exit code 2."""


def elsewhere(file: Path, data: Path) -> Path:
    """The file to write, where it may be written: never in the server's own folder. Raises Wrong."""
    ours = data.resolve()
    for place in (file.resolve(), file.parent.resolve() / file.name):
        if ours == place or ours in place.parents:
            raise Wrong(_OURS.format(file))
    return file
