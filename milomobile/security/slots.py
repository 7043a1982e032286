"""The file of wrapped keys, one slot an adviser and one for the recovery code: read and written whole."""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from milomobile.errors import NotOurs

FILE = "keys.json"
DAMAGED = (
    "Le fichier des clés de ce dossier est illisible. Les fiches n’ont pas été touchées. Prévenez le bureau\u00a0: "
    "une sauvegarde permet de rouvrir."
)


@dataclass(frozen=True)
class Cost:
    """Argon2id: passes, memory in KiB, lanes (above the second choice that RFC 9106 recommends)."""

    passes: int = 3
    memory: int = 256 * 1024
    lanes: int = 4

    def below(self, other: "Cost") -> bool:
        """Whether guessing costs less than with another recipe."""
        return self.passes * self.memory < other.passes * other.memory


RECIPE = Cost()
"""What new slots cost; one that costs less is wrapped again when it is next opened."""


@dataclass(frozen=True)
class Slot:
    """One wrapped copy of the key; hexadecimal texts. `kind` is adviser or recovery.

    `check` tells another device secret from a wrong password; slots of before have none.
    """

    id: str
    kind: str
    name: str
    cost: Cost
    salt: str
    bound: bool
    nonce: str
    wrapped: str
    check: str = ""


def advisers(folder: Path) -> tuple[Slot, ...]:
    """The advisers' slots, for the unlock page; empty where there is no vault. Raises NotOurs."""
    return tuple(slot for slot in read(folder) if slot.kind == "adviser") if (folder / FILE).exists() else ()


def read(folder: Path) -> list[Slot]:
    """Every slot; raises NotOurs where there is no vault, or a damaged one."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if kept.get("sha256", _sum(kept["slots"])) != _sum(kept["slots"]):
            raise ValueError("damaged")
        return [Slot(**{**slot, "cost": Cost(**slot["cost"])}) for slot in kept["slots"]]
    except (FileNotFoundError, NotADirectoryError):
        raise NotOurs(
            "Ce dossier ne contient pas de profil Milo Mobile. Rien n’a été modifié. Vérifiez l’adresse du dossier, "
            "ou créez un profil avec «\u00a0milomobile init\u00a0»."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        raise NotOurs(DAMAGED) from None


def raw(folder: Path) -> list[dict[str, Any]]:
    """Every slot as the file has it, for a backup; raises NotOurs."""
    return [asdict(slot) for slot in read(folder)]


def write_raw(folder: Path, kept: Sequence[dict[str, Any]]) -> None:
    """The slots of a backup; raises NotOurs where they are none."""
    try:
        made = [Slot(**{**slot, "cost": Cost(**slot["cost"])}) for slot in kept]
    except (KeyError, TypeError):
        raise NotOurs(DAMAGED) from None
    write(folder, made)


def write(folder: Path, slots: Iterable[Slot]) -> None:
    """The slots in place of those before, or the file as it was."""
    kept = [asdict(slot) for slot in slots]
    text = json.dumps({"format": 1, "slots": kept, "sha256": _sum(kept)}, indent=1, ensure_ascii=False)
    fresh = folder / (FILE + ".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, folder / FILE)
    settle(folder)


def settle(folder: Path) -> None:
    """The folder's names onto the disk, where the system can (Windows writes them itself)."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _sum(kept: object) -> str:
    """Tells a damaged file from a wrong password."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
