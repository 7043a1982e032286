"""The store's random key, wrapped in one slot per adviser and one for the printed recovery code."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from milomobile.errors import NotOurs, WrongPassword
from milomobile.security import slots
from milomobile.security.slots import Cost, Slot

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def make(
    folder: Path,
    adviser: str,
    password: str,
    keep_secret: Callable[[str, bytes], None] | None,
    cost: Cost | None = None,
) -> "Opened":
    """A new key with the adviser's slot and the recovery slot; the recovery code is shown once and kept nowhere.

    `keep_secret(slot id, 32 bytes)` puts a device secret into the keyring; None where no keyring is usable.
    """
    key, recovery, cost = secrets.token_bytes(32), new_recovery_code(), cost or Cost()
    slot_id, device_secret = str(uuid.uuid4()), secrets.token_bytes(32) if keep_secret else None
    if keep_secret and device_secret:
        keep_secret(slot_id, device_secret)
    made = (
        _wrap(key, slot_id, "adviser", adviser, password, device_secret, cost),
        _wrap(key, str(uuid.uuid4()), "recovery", "", recovery_secret(recovery), None, cost),
    )
    slots.write(folder, made)
    return Opened(key, slot_id, adviser, recovery)


@dataclass(frozen=True)
class Opened:
    """An open vault. `repr` shows no secret."""

    key: bytes
    slot: str
    adviser: str
    recovery_code: str | None = None

    def __repr__(self) -> str:
        return f"Opened({self.adviser!r})"


def unlock(folder: Path, adviser: str | None, password: str, secret_of: Callable[[str], bytes | None]) -> Opened:
    """Opens the adviser's slot (the only one where no name is given); raises WrongPassword or NotOurs."""
    kept = [s for s in slots.read(folder) if s.kind == "adviser" and adviser in (None, s.name)]
    if not kept:
        raise WrongPassword("Cette personne n’est pas inscrite sur cet ordinateur.")
    if adviser is None and len(kept) > 1:
        raise WrongPassword("Plusieurs personnes utilisent cet ordinateur : précisez --adviser.")
    slot = kept[0]
    device_secret = secret_of(slot.id) if slot.bound else None
    if slot.bound and device_secret is None:
        raise WrongPassword(
            "Le trousseau de cet ordinateur ne répond pas, les fiches sont intactes. Ouvrez votre session habituelle, "
            "puis réessayez."
        )
    try:
        wrapping = _derive(slot, password, device_secret)
        key = AESGCM(wrapping).decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _bound_data(slot))
    except InvalidTag:
        raise WrongPassword("Ce mot de passe ne correspond pas.") from None
    except (ValueError, TypeError, OverflowError, MemoryError):
        raise NotOurs(slots.DAMAGED) from None
    return Opened(key, slot.id, slot.name)


def new_recovery_code() -> str:
    """26 characters of Crockford's base32 in groups of 4: 128 random bits and 2 that check them."""
    secret = secrets.token_bytes(16)
    number = int.from_bytes(secret) << 2 | hashlib.sha256(secret).digest()[0] >> 6
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(26)))
    return "-".join(letters[i : i + 4] for i in range(0, 26, 4))


def recovery_secret(code: str) -> str:
    """The secret in a recovery code, read forgivingly (O is 0, I and L are 1); raises WrongPassword."""
    letters = code.upper().translate(str.maketrans("OIL", "011", "- \u00a0\n"))
    if len(letters) == 26 and all(c in _LETTERS for c in letters):
        number = 0
        for c in letters:
            number = number << 5 | _LETTERS.index(c)
        secret = (number >> 2).to_bytes(16)
        if hashlib.sha256(secret).digest()[0] >> 6 == number & 3:
            return secret.hex()
    raise WrongPassword("Ce code n’est pas valable. Vérifiez-le avec le bureau.")


def _wrap(key: bytes, id: str, kind: str, name: str, password: str, device_secret: bytes | None, cost: Cost) -> Slot:
    salt, nonce = secrets.token_hex(16), secrets.token_hex(12)
    slot = Slot(id, kind, name, cost, salt, device_secret is not None, nonce, "")
    wrapping = _derive(slot, password, device_secret)
    return replace(slot, wrapped=AESGCM(wrapping).encrypt(bytes.fromhex(nonce), key, _bound_data(slot)).hex())


def _derive(slot: Slot, password: str, device_secret: bytes | None) -> bytes:
    kdf = Argon2id(
        salt=bytes.fromhex(slot.salt),
        length=32,
        iterations=slot.cost.passes,
        lanes=slot.cost.lanes,
        memory_cost=slot.cost.memory,
        secret=device_secret,
    )
    return kdf.derive(password.encode())


def _bound_data(slot: Slot) -> bytes:
    return f"milomobile slot 1 {slot.id} {slot.kind} {slot.name} {slot.bound}".encode()
