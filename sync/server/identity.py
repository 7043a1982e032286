"""Who this server is: its id and keys, in a file outside the database, so that a restored database changes nothing."""

import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

FILE = "identity.json"


class NotAServer(Exception):
    """The folder holds no server; the text is a French sentence."""


@dataclass(frozen=True)
class Identity:
    """Raw 32-byte private keys; `repr` shows none."""

    server_id: str
    signing_key: bytes
    sealing_key: bytes

    def __repr__(self) -> str:
        return f"Identity({self.server_id})"

    @property
    def public_key(self) -> bytes:
        """What laptops pin."""
        return Ed25519PrivateKey.from_private_bytes(self.signing_key).public_key().public_bytes_raw()

    @property
    def sealing_public_key(self) -> bytes:
        """What laptops seal protected criteria to."""
        return X25519PrivateKey.from_private_bytes(self.sealing_key).public_key().public_bytes_raw()


def check_free(folder: Path) -> None:
    """Makes the folder; raises NotAServer where it holds a server already."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (folder / FILE).exists():
        raise NotAServer("Ce dossier contient déjà un serveur. Rien n’a été modifié.")


def make(folder: Path) -> Identity:
    """A new identity in a folder that has none; raises NotAServer otherwise."""
    check_free(folder)
    made = Identity(
        str(uuid.uuid4()),
        Ed25519PrivateKey.generate().private_bytes_raw(),
        X25519PrivateKey.generate().private_bytes_raw(),
    )
    kept = {
        "server_id": made.server_id,
        "signing_key": made.signing_key.hex(),
        "sealing_key": made.sealing_key.hex(),
    }
    write(folder / FILE, json.dumps(kept, indent=1))
    return made


def load(folder: Path) -> Identity:
    """The identity kept in a folder; raises NotAServer."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Identity(kept["server_id"], bytes.fromhex(kept["signing_key"]), bytes.fromhex(kept["sealing_key"]))
    except (OSError, ValueError, KeyError):
        raise NotAServer(
            f"Le dossier {folder} ne contient pas de serveur. Rien n’a été modifié. « milomobile-server init » en "
            "crée un."
        ) from None


def write(file: Path, text: str) -> None:
    """Writes a private file whole or not at all."""
    fresh = file.with_name(file.name + ".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, file)
