"""The office's lists (places, partners, programme, directory, streets, Missions Locales…): laptops are told what changed, no more."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from milomobile.domain.disk import why
from sync.server import feeds, shapes
from sync.server.tables import FeedHead, FeedItem
from sync.server.wrong import Wrong

FEED = "reference"
KINDS = {
    "places.csv": "place",
    "partners.csv": "partner",
    "advisers.csv": "adviser",
    "programme.csv": "programme",
    "directory.csv": "directory",
    "streets.csv": "street",
    "missions_locales.csv": "mission",
}
_SHAPES = {
    "streets.csv": {
        "commune": r"\d[0-9AB]\d{3}",
        "street": r".{1,80}",
        "from": r"\d{0,4}",
        "to": r"\d{0,4}",
        "parity": r"(pair|impair)?",
        "qpv": r"Q[NP]\d{5}[A-Z0-9]",
    },
    "missions_locales.csv": {
        "rank": r"\d{0,4}",
        "name": r".{1,80}",
        "epci": r"(\d{9}( |$))*",
        "communes": r"(\d[0-9AB]\d{3}( |$))*",
    },
}
"""What each column of a list that laptops count with must look like."""
Lists = dict[tuple[str, str], dict[str, str | None]]
"""(kind, id) → the other columns by name; an empty cell is None."""


def load(session: Connection, folder: Path) -> tuple[int, int]:
    """Says to the feed what differs from what was said before; returns (new or changed, gone). Raises Wrong.

    A list whose file is missing stays as it was. To be called last in a transaction (`feeds.say`).
    """
    lists = read(folder)
    kinds = {KINDS[file.name] for file in _files(folder)} | ({"shape"} if _outlines(folder) else set())
    before = told(session)
    changed = [(key, row) for key, row in lists.items() if before.get(key) != row]
    gone = [key for key in before if key[0] in kinds and key not in lists]
    items: list[dict[str, Any]] = [{"kind": key[0], "id": key[1], "set": row} for key, row in changed]
    items += [{"kind": kind, "id": id, "set": None} for kind, id in gone]
    feeds.say(session, FEED, items)
    return len(changed), len(gone)


def read(folder: Path) -> Lists:
    """The lists in a folder's files: UTF-8, `;` between columns, the first one `id`. Raises Wrong."""
    files, outlines = _files(folder), _outlines(folder)
    if not files and not outlines:
        names = ", ".join((*KINDS, *shapes.FILES))
        raise Wrong(f"Le dossier {folder} ne contient aucune liste ({names}). Rien n’a été modifié.")
    found: Lists = {}
    for file in outlines:
        try:
            found |= {("shape", code): row for code, row in shapes.read(file)}
        except OSError as wrong:
            raise _wrong(file, why(wrong)) from None
        except ValueError as wrong:
            raise _wrong(file, str(wrong)) from None
    for file in files:
        for number, row in enumerate(_rows(file), 2):
            id = row.pop("id") or ""
            key = (KINDS[file.name], id)
            if not 0 < len(id) <= 64:
                raise _wrong(file, f"la ligne {number} n’a pas d’identifiant de 64 caractères au plus")
            if key in found:
                raise _wrong(file, f"l’identifiant {id} y est deux fois")
            _look_at(file, number, row)
            found[key] = row
    return found


def _look_at(file: Path, number: int, row: dict[str, str | None]) -> None:
    for name, shape in _SHAPES.get(file.name, {}).items():
        if name not in row:
            raise _wrong(file, f"il lui manque la colonne «\u00a0{name}\u00a0»")
        if not re.fullmatch(shape, row[name] or ""):
            raise _wrong(file, f"la colonne «\u00a0{name}\u00a0» de la ligne {number} est vide ou mal écrite")


def _files(folder: Path) -> list[Path]:
    return [folder / name for name in KINDS if (folder / name).is_file()]


def _outlines(folder: Path) -> list[Path]:
    return [folder / name for name in shapes.FILES if (folder / name).is_file()]


def _rows(file: Path) -> list[dict[str, str | None]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except UnicodeDecodeError:
        raise _wrong(file, "elle n’est pas en UTF-8") from None
    except csv.Error:
        raise _wrong(file, "ce n’est pas un fichier CSV à points-virgules") from None
    except OSError as wrong:
        raise _wrong(file, why(wrong)) from None
    if "\0" in text:
        raise _wrong(file, "ce n’est pas du texte")
    names = [name.strip() for name in lines[0]] if lines else []
    if names[:1] != ["id"] or "" in names or len(set(names)) != len(names):
        raise _wrong(file, "sa première ligne doit nommer les colonnes, «\u00a0id\u00a0» d’abord, chacune une fois")
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cells):
            continue
        if len(cells) != len(names):
            raise _wrong(file, f"la ligne {number} a {len(cells)} colonnes au lieu de {len(names)}")
        rows.append(dict(zip(names, (cell.strip() or None for cell in cells), strict=True)))
    return rows


def _wrong(file: Path, why: str) -> Wrong:
    return Wrong(f"La liste {file.name} n’est pas lisible\u00a0: {why}. Rien n’a été modifié.")


def told(session: Connection) -> Lists:
    """What laptops know by now, from the feed itself; two loads at once wait for each other."""
    session.execute(select(FeedHead.pos).where(FeedHead.feed == FEED).with_for_update())
    known: Lists = {}
    for text in session.execute(select(FeedItem.body).where(FeedItem.feed == FEED).order_by(FeedItem.pos)).scalars():
        item = json.loads(text)
        key = (item["kind"], item["id"])
        if item["set"] is None:
            known.pop(key, None)
        else:
            known[key] = item["set"]
    return known
