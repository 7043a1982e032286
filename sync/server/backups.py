"""Backups of the office's server: made while it runs, verified from the copy itself, put back while it is stopped.

A backup is a folder: `server.db` (SQLite) or `server.dump` (PostgreSQL) and `identity.json`, both sealed to the key in the
server's `backup.key` (`sealing`), and `manifest.json`, written last, with SHA-256 sums and how far each laptop's chain
reaches. Neither that key nor the referents' is ever in it.
"""

import hashlib
import hmac
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, NullPool, create_engine, select, text, update
from sqlalchemy.exc import DBAPIError

from milomobile.domain.disk import why
from sync import chain
from sync.server import dumps, identity, sealing
from sync.server.store import FILE, Store, database
from sync.server.tables import Device, Receipt, Server
from sync.server.wrong import Wrong

DUMP, MANIFEST, SEALED = "server.dump", "manifest.json", ".sealed"
_ASIDE = "backup-"
Manifest = dict[str, Any]
_OTHER_KEY = (
    "La sauvegarde {} est chiffrée, et la clé donnée n’est pas la sienne (n° {}). Rien n’a été modifié. Donnez sa clé\u00a0: "
    "--key FICHIER."
)
Row = tuple[str, str, int, bytes]
"""A receipt as verifying sees it: device, epoch, seq, digest."""
_DAMAGED = "La sauvegarde {} est incomplète ou abîmée ({}). Rien n’a été modifié. Prenez-en une autre."


def make(store: Store, known: identity.Identity, data: Path, folder: Path, key: bytes) -> Path:
    """A backup in a folder that holds none yet, sealed to a key; returns the copy's path. Raises Wrong."""
    began = round(time.time() * 1000)
    if (folder / MANIFEST).exists():
        raise Wrong(f"Le dossier {folder} contient déjà une sauvegarde. Rien n’a été modifié. Donnez-en un autre.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with private(data) as aside:
            copy = aside / (DUMP if store.postgresql else FILE)
            with store.read() as session:
                state = _dump(session, data, copy) if store.postgresql else _copy(session, copy)
            shutil.copyfile(data / identity.FILE, aside / identity.FILE)
            sealed = [folder / f"{file.name}{SEALED}" for file in (copy, aside / identity.FILE)]
            for file in sealed:
                sealing.seal(aside / file.name.removesuffix(SEALED), file, key)
        sums = {file.name: _sum(file) for file in sealed}
        manifest = {"server_id": known.server_id, "file": sealed[0].name, "sums": sums, "at": began, **state}
        identity.write(folder / MANIFEST, json.dumps(signed(manifest, key), indent=1))
    except OSError as wrong:
        raise Wrong(f"La sauvegarde n’a pas pu être écrite dans {folder} ({why(wrong)}). Elle ne vaut rien.") from None
    return sealed[0]


def signed(manifest: Manifest, key: bytes) -> Manifest:
    """A manifest that only who has the key can have written."""
    said = {**{name: value for name, value in manifest.items() if name != "mac"}, "key": sealing.key_id(key)}
    return {**said, "mac": sealing.mac(key, json.dumps(said, sort_keys=True).encode())}


@contextmanager
def opened(folder: Path, key: bytes | None, data: Path) -> Iterator[tuple[Manifest, Path]]:
    """(manifest, folder with the files as they were) of a backup that was read whole and verified. Raises Wrong.

    Sums, then the copy, every laptop's chain computed again from its rows. What is sealed is opened in a folder of `data` that
    goes at the end; backups of before there was a key are opened where they are.
    """
    manifest = _manifest(folder, key)
    with ExitStack() as until:
        plain = folder
        if key is not None and "mac" in manifest:
            plain = until.enter_context(private(data))
            for name in manifest["sums"]:
                try:
                    sealing.unseal(folder / name, plain / name.removesuffix(SEALED), key)
                except sealing.Unsealable:
                    raise Wrong(_DAMAGED.format(folder, f"{name} a changé")) from None
        copy = plain / manifest["file"].removesuffix(SEALED)
        if copy.name == DUMP:
            dumps.read_through(copy)
        devices = dict(manifest["devices"])
        if _reached(dumps.receipts(copy) if copy.name == DUMP else _receipts(copy), devices) != devices:
            raise Wrong(_DAMAGED.format(folder, "la suite des éléments d’un poste ne se vérifie pas"))
        yield manifest, plain


def verify(folder: Path, key: bytes | None, data: Path) -> Manifest:
    """Reads a whole backup (`opened`); what it says of itself. Raises Wrong."""
    with opened(folder, key, data) as (manifest, _):
        return manifest


def _manifest(folder: Path, key: bytes | None) -> Manifest:
    """What a backup says of itself, its sums and the hand that wrote it checked. Raises Wrong."""
    try:
        manifest: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sealed = SEALED if "mac" in manifest else ""
        if sealed and (key is None or manifest["key"] != sealing.key_id(key)):
            raise Wrong(_OTHER_KEY.format(folder, manifest["key"]))
        if sealed and not hmac.compare_digest(signed(manifest, key or b"")["mac"], str(manifest["mac"])):
            raise Wrong(_DAMAGED.format(folder, f"{MANIFEST} a changé"))
        name = manifest["file"]
        if name not in (FILE + sealed, DUMP + sealed) or manifest["sums"].keys() != {name, identity.FILE + sealed}:
            raise KeyError(name)
        for one, known in manifest["sums"].items():
            if not hmac.compare_digest(_sum(folder / one), known):
                raise Wrong(_DAMAGED.format(folder, f"{one} a changé"))
        _ = dict(manifest["devices"]), int(manifest.get("at", 0))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Wrong(_DAMAGED.format(folder, "il y manque des fichiers")) from None
    return manifest


@contextmanager
def private(data: Path) -> Iterator[Path]:
    """A folder in the server's own for what is not sealed, emptied at the end; what a power cut left goes a day later."""
    for left in data.glob(f"{_ASIDE}*"):
        if time.time() - left.stat().st_mtime > 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=_ASIDE) as made:
        yield Path(made)


def mark(session: Connection, manifest: Manifest, now: int) -> None:
    """Tells each laptop how far a verified backup holds its lines; never where its chain went another way since.

    A line is durable once two backups of different moments hold it: the newest may be the one that breaks. Keeps when the
    newest was made (or verified, where it does not say): an old one verified again is no newer for it.
    """
    made = min(int(manifest.get("at", now)), now)
    before = session.execute(select(Server.verified)).scalar_one() or 0
    if made == before:
        return
    session.execute(update(Server).values(verified=max(made, before)))
    for device, held in manifest["devices"].items():
        where = (Receipt.device == device, Receipt.epoch == held["epoch"], Receipt.seq == held["hwm"])
        link = session.execute(select(Receipt.chain).where(*where)).scalar()
        if link is not None and bytes(link).hex() == held["chain"]:
            here = (Device.id == device, Device.epoch == held["epoch"])
            known = session.execute(select(Device.verified, Device.durable).where(*here)).one()
            durable = max(known.durable, min(known.verified, held["hwm"]))
            verified = held["hwm"] if made > before else known.verified
            session.execute(update(Device).where(*here).values(durable=durable, verified=verified))


def _copy(session: Connection, copy: Path) -> Manifest:
    target = sqlite.connect(str(copy))
    try:
        source: Any = session.connection.driver_connection
        source.backup(target)
    finally:
        target.close()
    with _opened(copy) as inside:
        return _held(inside)


def _dump(session: Connection, data: Path, copy: Path) -> Manifest:
    """One snapshot for the dump and for what the manifest says of it."""
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    snapshot = session.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    dumps.dump(database(data), snapshot, copy)
    return _held(session)


def _held(session: Connection) -> Manifest:
    """What the server says it holds of each laptop, which its rows must bear out when the backup is verified."""
    columns = (Device.id, Device.epoch, Device.hwm, Device.chain)
    rows = session.execute(select(*columns).where(Device.hwm > 0))
    devices = {row.id: {"epoch": row.epoch, "hwm": row.hwm, "chain": bytes(row.chain).hex()} for row in rows}
    return {"history": session.execute(select(Server.history)).scalar_one(), "devices": devices}


def _reached(rows: Iterable[Row], devices: Manifest) -> Manifest:
    """How far the chain of each of these laptops reaches without a gap, from receipts in order alone."""
    links = {(device, held["epoch"]): (0, chain.start(device, held["epoch"])) for device, held in devices.items()}
    for device, epoch, seq, digest in rows:
        hwm, link = links.get((device, epoch), (-1, b""))
        if seq == hwm + 1:
            links[device, epoch] = seq, chain.step(link, digest)
    return {device: {"epoch": epoch, "hwm": hwm, "chain": link.hex()} for (device, epoch), (hwm, link) in links.items()}


def _receipts(copy: Path) -> list[Row]:
    """Every receipt of a copied SQLite file, in order, after its own check of integrity."""
    columns = (Receipt.device, Receipt.epoch, Receipt.seq, Receipt.digest)
    try:
        with _opened(copy) as session:
            if session.execute(text("PRAGMA integrity_check")).scalar() != "ok":
                raise Wrong(_DAMAGED.format(copy.parent, "la base ne se lit pas"))
            rows = session.execute(select(*columns).order_by(*columns[:3]))
            return [(row.device, row.epoch, row.seq, row.digest) for row in rows]
    except DBAPIError:
        raise Wrong(_DAMAGED.format(copy.parent, "la base ne se lit pas")) from None


@contextmanager
def _opened(copy: Path) -> Iterator[Connection]:
    """A copied SQLite file, to which nothing is written."""
    where = f"{copy.absolute().as_uri()}?immutable=1"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite.connect(where, uri=True), module=sqlite, poolclass=NullPool
    )
    try:
        with engine.connect() as session:
            yield session
    finally:
        engine.dispose()


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def flush(file: Path) -> None:
    """A file on the disk, whatever happens next."""
    with file.open("rb+") as kept:
        os.fsync(kept.fileno())
