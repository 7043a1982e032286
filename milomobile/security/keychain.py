"""The system keyring behind a few functions; whatever ails it is told in its own sentence."""

import base64
import contextlib
import secrets

import keyring
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

from milomobile.errors import KeyringLost

_NAME = "milomobile"
_CODE = "Le code de secours ouvre les fiches."
MISSING = (
    "Cet ordinateur n’a pas de trousseau de mots de passe utilisable\u00a0: le fichier des fiches n’est protégé que par "
    f"le mot de passe. Les fiches restent chiffrées. {_CODE}"
)
FULL = (
    "Le trousseau de cet ordinateur refuse de garder la clé du poste (trousseau plein, protégé, ou taille dépassée\u00a0: "
    "2 560 octets sous Windows)\u00a0: le fichier des fiches n’est protégé que par le mot de passe. Les fiches restent "
    f"chiffrées. Faites de la place dans le trousseau, puis changez votre mot de passe. {_CODE}"
)
GONE = (
    "Cet ordinateur n’a plus de trousseau de mots de passe utilisable, et le mot de passe seul n’ouvre pas. Les fiches "
    f"sont intactes. Ouvrez votre session habituelle, puis réessayez. {_CODE}"
)
LOCKED = (
    "Le trousseau de cet ordinateur est verrouillé ou ne répond pas. Les fiches sont intactes. Ouvrez votre session "
    f"habituelle et déverrouillez le trousseau, puis réessayez. {_CODE}"
)
LOST = (
    "La clé de ce poste n’est plus dans le trousseau de cet ordinateur\u00a0: il a été vidé, ou le dossier vient d’un autre "
    f"ordinateur. Les fiches sont intactes. Demandez le code au bureau. {_CODE}"
)
REPLACED = (
    "Le trousseau de cet ordinateur contient une autre clé que celle de ce poste\u00a0: que le mot de passe soit juste ou "
    "faux ne peut pas être vérifié. Les fiches sont intactes. Ouvrez votre session habituelle, puis réessayez, ou "
    f"demandez le code au bureau. {_CODE}"
)
UNSURE = (
    "Ce mot de passe ne correspond pas, ou le trousseau de cet ordinateur a été remplacé. Les fiches sont intactes. "
    f"Réessayez, ou demandez le code au bureau. {_CODE}"
)


def trouble() -> str | None:
    """Why no secret is kept here, or None: a probe of a secret's size just written must read back.

    The null backend accepts everything and keeps nothing; backends raise what their system raises.
    """
    probe = secrets.token_hex(22)
    try:
        keyring.set_password(_NAME, "probe", probe)
        same = keyring.get_password(_NAME, "probe") == probe
        keyring.delete_password(_NAME, "probe")
    except (KeyringLocked, InitError):
        return LOCKED
    except (RuntimeError, OSError, PasswordDeleteError):
        return MISSING
    except Exception:
        return FULL
    return None if same else MISSING


def name() -> str:
    """The keyring's back end, by its module and class."""
    found = type(keyring.get_keyring())
    return f"{found.__module__}.{found.__name__}"


def usable() -> bool:
    """Whether the keyring keeps what it is given."""
    return trouble() is None


def put(name: str, secret: bytes) -> bool:
    """Keeps 32 bytes under a name; False where they do not read back, whatever the keyring says of it."""
    kept = base64.b64encode(secret).decode()
    try:
        keyring.set_password(_NAME, name, kept)
        return keyring.get_password(_NAME, name) == kept
    except Exception:
        return False


def get(name: str) -> bytes:
    """The 32 bytes kept under a name; raises KeyringLost, which says why there are none."""
    try:
        kept = keyring.get_password(_NAME, name)
    except (RuntimeError, OSError):
        raise KeyringLost(GONE) from None
    except Exception:
        raise KeyringLost(LOCKED) from None
    if kept is None:
        raise KeyringLost({LOCKED: LOCKED, MISSING: GONE}.get(trouble() or "", LOST))
    try:
        secret = base64.b64decode(kept, validate=True)
    except ValueError:
        secret = b""
    if len(secret) != 32:
        raise KeyringLost(REPLACED)
    return secret


def forget(name: str) -> None:
    """Takes a secret away; a keyring that does not answer keeps it, and it opens nothing any more."""
    with contextlib.suppress(Exception):
        keyring.delete_password(_NAME, name)
