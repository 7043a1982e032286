"""Who this server is: its id and keys, in a file outside the database, so that a restored database changes nothing."""

import hmac
import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from milomobile.reports.safely import fresh

FILE = "identity.json"
REFERENTS = "referents.key"
"""What opens the protected criteria; kept apart from backups."""


class NotAServer(Exception):
    """The folder holds no server; the text is a French sentence."""


@dataclass(frozen=True)
class Identity:
    """Raw 32-byte keys: the private one that signs, and what laptops seal protected criteria to; `repr` shows none."""

    server_id: str
    signing_key: bytes
    sealing_public_key: bytes

    def __repr__(self) -> str:
        return f"Identity({self.server_id})"

    @property
    def public_key(self) -> bytes:
        """What laptops pin."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_key).public_key().public_bytes_raw()


def check_free(folder: Path) -> None:
    """Makes the folder; raises NotAServer where it holds a server already."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (folder / FILE).exists():
        raise NotAServer("Ce dossier contient déjà un serveur. Rien n’a été modifié.")


def make(folder: Path) -> Identity:
    """A new identity in a folder that has none; raises NotAServer otherwise.

    The key that opens what laptops seal goes into a file of its own, which the referents may take away.
    """
    check_free(folder)
    sealing = X25519PrivateKey.generate()
    made = Identity(
        str(uuid.uuid4()), Ed25519PrivateKey.generate().private_bytes_raw(), sealing.public_key().public_bytes_raw()
    )
    kept = {
        "server_id": made.server_id,
        "signing_key": made.signing_key.hex(),
        "sealing_public_key": made.sealing_public_key.hex(),
    }
    write(folder / REFERENTS, sealing.private_bytes_raw().hex() + "\n")
    write(folder / FILE, json.dumps(kept, indent=1))
    return made


def load(folder: Path) -> Identity:
    """The identity kept in a folder; raises NotAServer. Files of before the referents' key held both halves."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        sealing = kept["sealing_public_key"] if "sealing_public_key" in kept else _older(kept["sealing_key"])
        return Identity(kept["server_id"], bytes.fromhex(kept["signing_key"]), bytes.fromhex(sealing))
    except (OSError, ValueError, KeyError, TypeError):
        raise NotAServer(
            f"Le dossier {folder} ne contient pas de serveur. Rien n’a été modifié. «\u00a0milomobile-server init\u00a0» en "
            "crée un."
        ) from None


def sealing_key(file: Path, known: Identity) -> bytes:
    """The private half of this server's sealing key: 64 hexadecimal digits, or in an older identity file.

    Raises NotAServer where the file is none or is another server's.
    """
    try:
        text = file.read_text(encoding="utf-8").strip()
        key = bytes.fromhex(json.loads(text)["sealing_key"] if text.startswith("{") else text)
        if hmac.compare_digest(_public(key), known.sealing_public_key):
            return key
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise NotAServer(f"Le fichier {file} n’est pas la clé des référents de ce serveur. Rien n’a été lu.")


def sealing_key_in(folder: Path, known: Identity) -> bytes:
    """The same where `init` put it; raises NotAServer where the referents took it away."""
    file = folder / REFERENTS
    if file.exists():
        return sealing_key(file, known)
    try:
        return sealing_key(folder / FILE, known)
    except NotAServer:
        raise NotAServer(_NO_REFERENTS.format(file)) from None


_NO_REFERENTS = (
    "La clé des référents n’est pas ici ({}), et une clé USB ne s’ouvre pas sans elle. Rien n’a été lu. Donnez-la\u00a0: "
    "--key FICHIER."
)


def check_private(*files: Path) -> None:
    """Raises NotAServer where another account of this machine may read a key; Windows has no such marks."""
    for file in files:
        if os.name == "posix" and file.exists() and file.stat().st_mode & 0o077:
            raise NotAServer(_OPEN_KEY.format(file))


_OPEN_KEY = (
    "Le fichier {0} peut être lu par d’autres comptes de cette machine. Rien n’a été modifié. Fermez-le\u00a0: chmod 600 {0}"
    "\u00a0; s’il a pu être copié, prévenez l’assistance."
)


def _older(sealing: str) -> str:
    return _public(bytes.fromhex(sealing)).hex()


def _public(sealing: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(sealing).public_key().public_bytes_raw()


def write(file: Path, text: str) -> None:
    """Writes a private file whole or not at all."""
    beside = file.with_name(file.name + ".new")
    with fresh(beside) as out:
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, file)
