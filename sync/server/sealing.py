"""Files of a backup as they lie on somebody else's disk: encrypted in pieces to a key that is kept elsewhere.

A file is a head (MAGIC, the key's id, a salt), then pieces of AES-256-GCM under a key of the file's own, made of the backup's
key, the salt and the file's name. A piece's nonce is its number and whether it is the last, so that none can be left out,
doubled, moved or taken from another file (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from milomobile.reports.safely import fresh
from sync.server.identity import write
from sync.server.wrong import Wrong

KEY = "backup.key"
"""The file in the server's folder; a copy of it belongs in the safe."""
MAGIC = b"milomobile backup 1\n"
_PIECE, _TAG, _SALT, _ID = 1 << 16, 16, 32, 8


class Unsealable(Exception):
    """The file is cut, changed, no sealed file, or sealed to another key."""


def made_key(folder: Path) -> tuple[bytes, bool]:
    """The key in a server's folder, made where there is none yet, and whether it was; raises Wrong."""
    if (folder / KEY).exists():
        return read_key(folder / KEY), False
    key = secrets.token_bytes(32)
    write(folder / KEY, key.hex() + "\n")
    return key, True


def read_key(file: Path) -> bytes:
    """The 32 bytes of a key file, which has 64 hexadecimal digits; raises Wrong."""
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        raise Wrong(f"Le fichier {file} n’est pas une clé de sauvegardes. Rien n’a été modifié.")
    return key


def key_id(key: bytes) -> str:
    """What names a key without telling it: 16 hexadecimal digits."""
    return hashlib.sha256(b"milomobile backup key id" + key).hexdigest()[: 2 * _ID]


def seal(plain: Path, sealed: Path, key: bytes) -> None:
    """Writes `sealed`, on the disk when it ends. Raises OSError, also where a link or a device has its name."""
    salt = secrets.token_bytes(_SALT)
    head = MAGIC + bytes.fromhex(key_id(key)) + salt
    cipher = _cipher(key, salt, sealed.name)
    with plain.open("rb") as source, fresh(sealed) as out:
        out.write(head)
        for nonce, piece in _numbered(source, _PIECE):
            out.write(cipher.encrypt(nonce, piece, head))
        out.flush()
        os.fsync(out.fileno())


def unseal(sealed: Path, plain: Path, key: bytes) -> None:
    """Writes `plain`, which is whole only where nothing is raised. Raises Unsealable."""
    with sealed.open("rb") as source:
        head = source.read(len(MAGIC) + _ID + _SALT)
        if len(head) < len(MAGIC) + _ID + _SALT or not head.startswith(MAGIC):
            raise Unsealable("no sealed file")
        if not hmac.compare_digest(head[len(MAGIC) : len(MAGIC) + _ID].hex(), key_id(key)):
            raise Unsealable("another key")
        cipher = _cipher(key, head[-_SALT:], sealed.name)
        with open(os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            try:
                for nonce, piece in _numbered(source, _PIECE + _TAG):
                    out.write(cipher.decrypt(nonce, piece, head))
            except InvalidTag:
                raise Unsealable("cut or changed") from None


def mac(key: bytes, content: bytes) -> str:
    """What shows that whoever has the key wrote this; hexadecimal."""
    return hmac.new(_derived(key, b"", "manifest"), content, hashlib.sha256).hexdigest()


def _cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    return AESGCM(_derived(key, salt, name))


def _derived(key: bytes, salt: bytes, name: str) -> bytes:
    return HKDF(SHA256(), 32, salt, MAGIC + name.encode()).derive(key)


def _numbered(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """(nonce, piece) of each piece; the last one may be empty, and says that it is the last."""
    number, piece = 0, source.read(size)
    while True:
        ahead = source.read(size) if len(piece) == size else b""
        yield number.to_bytes(11) + bytes([not ahead]), piece
        if not ahead:
            return
        number, piece = number + 1, ahead
