"""The system keyring behind three functions; a keyring counts only if a probe just written reads back."""

import base64
import secrets

import keyring
from keyring.errors import KeyringError

_NAME = "milomobile"
MISSING = (
    "Cet ordinateur n’a pas de trousseau de mots de passe utilisable : le fichier des fiches n’est protégé que par "
    "le mot de passe. Les fiches restent chiffrées."
)


def usable() -> bool:
    """Whether the keyring keeps what it is given (the null backend accepts everything and keeps nothing)."""
    probe = secrets.token_hex(8)
    try:
        keyring.set_password(_NAME, "probe", probe)
        same = keyring.get_password(_NAME, "probe") == probe
        keyring.delete_password(_NAME, "probe")
    except (KeyringError, RuntimeError, OSError):
        return False
    return same


def put(name: str, secret: bytes) -> None:
    """Keeps a secret under a name; raises KeyringError."""
    keyring.set_password(_NAME, name, base64.b64encode(secret).decode())


def get(name: str) -> bytes | None:
    """The secret kept under a name, or None where there is none or no keyring answers."""
    try:
        kept = keyring.get_password(_NAME, name)
    except (KeyringError, RuntimeError, OSError):
        return None
    return base64.b64decode(kept) if kept else None
