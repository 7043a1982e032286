"""The store's random key, wrapped in one slot per adviser and one for the printed recovery code."""

import contextlib
import hmac
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from milomobile.errors import KeyringLost, NotOurs, WrongPassword
from milomobile.security import keychain, slots
from milomobile.security.recovery import INVALID, new_recovery_code, recovery_secret
from milomobile.security.slots import Cost, Slot

Keep = Callable[[str, bytes], bool]
"""Puts 32 bytes under a slot's id into the keyring; False where it refuses them."""
SecretOf = Callable[[str], bytes | None]
"""The 32 bytes under a slot's id; raises KeyringLost."""
GONE = "Cette personne n’est plus inscrite sur ce poste. Rien n’a été modifié. Choisissez un autre nom."
_TAKEN = "Une personne de ce nom est déjà inscrite sur ce poste. Rien n’a changé. Changez le nom."


@dataclass(frozen=True)
class Opened:
    """An open vault. `repr` shows no secret. `key` is overwritten by who closes the profile."""

    key: bytearray
    slot: str
    adviser: str
    recovery_code: str | None = None
    by_recovery: bool = False

    def __repr__(self) -> str:
        return f"Opened({self.adviser!r})"


def make(
    folder: Path,
    adviser: str,
    password: str,
    keep: Keep | None,
    cost: Cost | None = None,
    fill: Callable[[Opened], None] | None = None,
) -> Opened:
    """A new key with the adviser's slot and the recovery slot; the recovery code is shown once and kept nowhere.

    `keep` is None where no keyring is usable; a slot whose secret it refuses is made without. `fill` makes the store
    before its keys are written: who is cut off in between has neither.
    """
    key, code, cost = bytearray(secrets.token_bytes(32)), new_recovery_code(), cost or slots.RECIPE
    slot = _adviser_slot(key, str(uuid.uuid4()), adviser, password, keep, cost)
    opened = Opened(key, slot.id, adviser, code)
    if fill:
        fill(opened)
    slots.write(folder, (slot, _recovery_slot(key, code, cost)))
    return opened


def whose(folder: Path, adviser: str | None) -> Slot:
    """The slot of an adviser (the only one where no name is given); raises WrongPassword or NotOurs."""
    kept = [slot for slot in slots.read(folder) if slot.kind == "adviser" and adviser in (None, slot.name)]
    if not kept:
        raise WrongPassword("Cette personne n’est pas inscrite sur ce poste. Rien n’a été modifié. Vérifiez le nom.")
    if adviser is None and len(kept) > 1:
        raise WrongPassword("Plusieurs personnes utilisent ce poste. Rien n’a été modifié. Précisez --adviser.")
    return kept[0]


def unlock(folder: Path, adviser: str | None, password: str, secret_of: SecretOf) -> Opened:
    """Opens the adviser's slot with their password, or with the recovery code in its place.

    Raises WrongPassword, KeyringLost where the password cannot be judged, NotOurs where the file is damaged.
    """
    slot = whose(folder, adviser)
    code = None
    with contextlib.suppress(WrongPassword):
        code = recovery_secret(password)
    if code is not None:
        with contextlib.suppress(WrongPassword):
            return recover(folder, slot, password)
    try:
        return Opened(_open(slot, password, _device_secret(slot, secret_of)), slot.id, slot.name)
    except WrongPassword as wrong:
        if code is not None and not isinstance(wrong, KeyringLost):
            raise WrongPassword(INVALID) from None
        raise


def recover(folder: Path, slot: Slot, code: str) -> Opened:
    """Opens with the recovery code, in the name of an adviser; raises WrongPassword or NotOurs."""
    secret = recovery_secret(code)
    for kept in slots.read(folder):
        if kept.kind == "recovery":
            with contextlib.suppress(WrongPassword):
                return Opened(_open(kept, secret, None), slot.id, slot.name, by_recovery=True)
    raise WrongPassword(INVALID)


def add(folder: Path, key: bytearray, name: str, password: str, keep: Keep | None) -> str:
    """A slot for another adviser → its id; raises NotOurs where somebody has that name."""
    kept = slots.read(folder)
    if any(slot.name.casefold() == name.casefold() for slot in kept):
        raise NotOurs(_TAKEN)
    made = _adviser_slot(key, str(uuid.uuid4()), name, password, keep, slots.RECIPE)
    slots.write(folder, (*kept, made))
    return made.id


def wrap_again(
    folder: Path,
    key: bytearray,
    id: str,
    password: str,
    secret_of: SecretOf,
    keep: Keep | None,
    name: str | None = None,
) -> None:
    """The adviser's slot under a password (and a name), at today's cost, bound to this laptop's keyring where it can.

    The device secret stays where it is still there. Raises NotOurs where the slot is not, or the name is another's.
    """
    kept = slots.read(folder)
    if name and any(slot.id != id and slot.name.casefold() == name.casefold() for slot in kept):
        raise NotOurs(_TAKEN)
    for place, slot in enumerate(kept):
        if slot.id == id and slot.kind == "adviser":
            secret = None
            with contextlib.suppress(KeyringLost):
                secret = _device_secret(slot, secret_of)
            named = name or slot.name
            if secret is None:
                kept[place] = _adviser_slot(key, id, named, password, keep, slots.RECIPE)
            else:
                kept[place] = _wrap(key, id, "adviser", named, password, secret, slots.RECIPE)
            return slots.write(folder, kept)
    raise NotOurs(GONE)


def remove(folder: Path, id: str) -> None:
    """Destroys an adviser's slot; raises NotOurs for the last one, or where there is none."""
    kept = slots.read(folder)
    left = [slot for slot in kept if slot.id != id or slot.kind != "adviser"]
    if len(left) == len(kept):
        raise NotOurs(GONE)
    if not any(slot.kind == "adviser" for slot in left):
        raise NotOurs(
            "C’est la dernière personne inscrite sur ce poste. Rien n’a été modifié. Inscrivez-en d’abord une autre."
        )
    slots.write(folder, left)


def change_recovery_code(folder: Path, key: bytearray) -> str:
    """A new recovery code, shown once; the one before opens nothing any more."""
    code = new_recovery_code()
    kept = [slot for slot in slots.read(folder) if slot.kind != "recovery"]
    slots.write(folder, (*kept, _recovery_slot(key, code, slots.RECIPE)))
    return code


def outdated(slot: Slot) -> bool:
    """Whether a slot is to be wrapped again when it is next opened: a cheaper recipe, or no check of its secret."""
    return slot.cost.below(slots.RECIPE) or (slot.bound and not slot.check)


def _adviser_slot(key: bytearray, id: str, name: str, password: str, keep: Keep | None, cost: Cost) -> Slot:
    secret = secrets.token_bytes(32)
    return _wrap(key, id, "adviser", name, password, secret if keep and keep(id, secret) else None, cost)


def _recovery_slot(key: bytearray, code: str, cost: Cost) -> Slot:
    return _wrap(key, str(uuid.uuid4()), "recovery", "", recovery_secret(code), None, cost)


def _device_secret(slot: Slot, secret_of: SecretOf) -> bytes | None:
    if not slot.bound:
        return None
    secret = secret_of(slot.id)
    if secret is None:
        raise KeyringLost(keychain.LOST)
    if slot.check and slot.check != _check(slot.id, secret):
        raise KeyringLost(keychain.REPLACED)
    return secret


def _check(id: str, secret: bytes) -> str:
    """32 of its 256 bits' worth of a print of the device secret: too few to find it by."""
    return hmac.digest(secret, f"milomobile device secret 1 {id}".encode(), "sha256")[:4].hex()


def _open(slot: Slot, password: str, device_secret: bytes | None) -> bytearray:
    key = bytearray(32)
    try:
        wrapping = _derive(slot, password, device_secret)
        cipher, data = AESGCM(wrapping), _bound_data(slot)
        cipher.decrypt_into(bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), data, key)
    except InvalidTag:
        unsure = slot.bound and not slot.check
        raise WrongPassword(keychain.UNSURE if unsure else "Ce mot de passe ne correspond pas.") from None
    except (ValueError, TypeError, OverflowError, MemoryError):
        raise NotOurs(slots.DAMAGED) from None
    return key


def _wrap(
    key: bytearray, id: str, kind: str, name: str, password: str, device_secret: bytes | None, cost: Cost
) -> Slot:
    salt, nonce = secrets.token_hex(16), secrets.token_hex(12)
    slot = Slot(id, kind, name, cost, salt, device_secret is not None, nonce, "")
    wrapping = _derive(slot, password, device_secret)
    wrapped = AESGCM(wrapping).encrypt(bytes.fromhex(nonce), key, _bound_data(slot)).hex()
    return replace(slot, wrapped=wrapped, check=_check(id, device_secret) if device_secret else "")


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
