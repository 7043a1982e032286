"""A backup's file: a manifest in clear that the store's key vouches for, the wrapped keys, and the encrypted store.

16 bytes of magic, the length of the manifest (4 bytes), the manifest (JSON, no personal data), its SHA-256, its HMAC
under a key made from the store's, and then the store as SQLCipher wrote it: no byte of it is ever in clear.
"""

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import sqlcipher3.dbapi2 as sqlcipher3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from milomobile.errors import NoRoom, NotOurs
from milomobile.store.engine import NO_ROOM, NOT_OURS, open_keyed, stoppable, trouble

MAGIC = b"MILOMOBILE-COPIE"
VERSION = 1
_FIXED = len(MAGIC) + 4
_PRINTS = 64
_LONGEST = 1 << 20
"""So long may a manifest be."""
_PIECE = 1 << 20
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
_NOT_ONE = (
    "Ce fichier n’est pas une sauvegarde de Milo Mobile. Rien n’a été modifié. Choisissez le fichier que «\u00a0Sauvegarder\u00a0» "
    "a écrit."
)
DAMAGED = (
    "Cette sauvegarde est abîmée ou incomplète\u00a0: la copie a peut-être été interrompue. Rien n’a été modifié. Prenez-en "
    "une autre, ou prévenez le bureau."
)
_NEWER = (
    "Cette sauvegarde vient d’une version plus récente de Milo Mobile. Rien n’a été modifié. Installez la version "
    "récente pour la lire."
)
_UNREADABLE = (
    "«\u00a0{}\u00a0» ne peut pas être lu\u00a0: la clé a peut-être été retirée. Rien n’a été modifié. Remettez-la, puis "
    "recommencez."
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `counts` are rows by table, `size` and `sha256` are the store's.

    `slots` are the wrapped keys as keys.json has them.
    """

    made: str
    device: str
    schema: str
    counts: dict[str, int]
    size: int
    sha256: str
    slots: list[dict[str, Any]]
    version: int = VERSION

    @property
    def at(self) -> datetime:
        """When it was made, with its zone."""
        return datetime.fromisoformat(self.made)


Stopped = Callable[[], bool] | None
"""Whether to end early, asked often; None where nothing may."""


def copy(store: Path, key: bytes | bytearray, target: Path, stopped: Stopped = None) -> None:
    """One view of a store that may be in use, written whole and encrypted under the same key.

    Raises NoRoom, NotOurs, and Cancelled once `stopped` says so.
    """
    discard(target)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with closing(open_keyed(store, key)) as connection, stoppable(connection, stopped):
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlcipher3.Error as wrong:
        discard(target)
        raise trouble(wrong) or wrong from wrong


def pour(
    copied: Path,
    key: bytes | bytearray,
    slots: Sequence[dict[str, Any]],
    out: Path,
    now: datetime,
    stopped: Stopped = None,
) -> Manifest:
    """The copied store, opened and read through, as a backup's file that is on the disk when this ends.

    Raises OSError where the file cannot be written, NotOurs where the copy is not whole, Cancelled once `stopped` says so.
    """
    with _opened(copied, key, stopped) as connection:
        device, schema = _facts(connection)
        counts = _counts(connection)
    size, digest = copied.stat().st_size, _sum(copied)
    manifest = Manifest(now.isoformat(), device, schema, counts, size, digest, list(slots))
    head = json.dumps(asdict(manifest), ensure_ascii=False).encode()
    out.unlink(missing_ok=True)
    with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file, copied.open("rb") as source:
        file.write(MAGIC + struct.pack(">I", len(head)) + head + hashlib.sha256(head).digest() + _vouch(key, head))
        while piece := source.read(_PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return manifest


def read(file: Path) -> Manifest:
    """What a backup says of itself, where nothing of that and no byte of its length is missing. Raises NotOurs."""
    with _source(file) as source:
        return _head(source)[0]


def extract(file: Path, target: Path) -> None:
    """The store in a backup, encrypted as it is; raises NotOurs where a byte differs, NoRoom."""
    with _source(file) as source:
        manifest, _, _ = _head(source)
        print_, left = hashlib.sha256(), manifest.size
        discard(target)
        try:
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                while piece := source.read(min(_PIECE, left)):
                    print_.update(piece)
                    out.write(piece)
                    left -= len(piece)
                out.flush()
                os.fsync(out.fileno())
        except OSError as wrong:
            discard(target)
            raise NoRoom(NO_ROOM) from wrong
        if left or print_.hexdigest() != manifest.sha256:
            discard(target)
            raise NotOurs(DAMAGED)


def verify(file: Path, key: bytes | bytearray, target: Path, stopped: Stopped = None) -> Manifest:
    """Opens a backup as a restoring would: its key vouches for it, every page reads, every table has its rows.

    Leaves the opened store at `target`. Raises NotOurs, NoRoom, and Cancelled once `stopped` says so.
    """
    with _source(file) as source:
        manifest, head, vouched = _head(source)
    if not hmac.compare_digest(vouched, _vouch(key, head)):
        raise NotOurs(DAMAGED)
    extract(file, target)
    try:
        with _opened(target, key, stopped) as connection:
            if _counts(connection) != manifest.counts or _facts(connection) != (manifest.device, manifest.schema):
                raise NotOurs(DAMAGED)
    except NotOurs:
        discard(target)
        raise NotOurs(DAMAGED) from None
    return manifest


def discard(store: Path) -> None:
    """Takes a store's files away; they were encrypted."""
    for end in ("", "-wal", "-shm", "-journal"):
        store.with_name(store.name + end).unlink(missing_ok=True)


def counts(store: Path, key: bytes | bytearray) -> dict[str, int]:
    """How many rows each table of a store has, where every page of it is whole. Raises NotOurs, NoRoom."""
    with _opened(store, key) as connection:
        return _counts(connection)


@contextmanager
def _opened(file: Path, key: bytes | bytearray, stopped: Stopped = None) -> Iterator[Any]:
    """The store in a file, where every page of it is whole; raises NotOurs, NoRoom, or Cancelled once `stopped` says so."""
    try:
        with closing(open_keyed(file, key)) as connection, stoppable(connection, stopped):
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if pages or connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise NotOurs(NOT_OURS)
            yield connection
    except sqlcipher3.Error as wrong:
        raise trouble(wrong) or NotOurs(NOT_OURS) from wrong


def _counts(connection: Any) -> dict[str, int]:
    names = [name for (name,) in connection.execute(_TABLES)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _facts(connection: Any) -> tuple[str, str]:
    device = connection.execute("SELECT value FROM setting WHERE name = 'device'").fetchone()
    schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if not device or not schema:
        raise NotOurs(NOT_OURS)
    return str(device[0]), str(schema[0])


@contextmanager
def _source(file: Path) -> Iterator[BinaryIO]:
    try:
        with file.open("rb") as source:
            yield source
    except OSError:
        raise NotOurs(_UNREADABLE.format(file)) from None


def _head(source: BinaryIO) -> tuple[Manifest, bytes, bytes]:
    """The manifest, its bytes, and what vouches for them; the store's bytes come next."""
    fixed = source.read(_FIXED)
    if fixed[: len(MAGIC)] != MAGIC:
        raise NotOurs(_NOT_ONE if not MAGIC.startswith(fixed) or not fixed else DAMAGED)
    if len(fixed) < _FIXED or (length := struct.unpack(">I", fixed[len(MAGIC) :])[0]) > _LONGEST:
        raise NotOurs(DAMAGED)
    head, prints = source.read(length), source.read(_PRINTS)
    if len(prints) < _PRINTS or hashlib.sha256(head).digest() != prints[:32]:
        raise NotOurs(DAMAGED)
    try:
        said = json.loads(head)
        if int(said["version"]) > VERSION:
            raise NotOurs(_NEWER)
        manifest = Manifest(**said)
        moment, size = manifest.at, manifest.size
    except (ValueError, KeyError, TypeError):
        raise NotOurs(DAMAGED) from None
    there = os.fstat(source.fileno()).st_size
    if moment.tzinfo is None or there != _FIXED + length + _PRINTS + size:
        raise NotOurs(DAMAGED)
    return manifest, head, prints[32:]


def _vouch(key: bytes | bytearray, head: bytes) -> bytes:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"milomobile backup 1").derive(bytes(key))
    return hmac.digest(made, head, "sha256")


def _sum(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
