"""Backups of the office's server: made while it runs, verified from the copy itself, put back while it is stopped.

A backup is a folder: `server.db` (SQLite) or `server.dump` (PostgreSQL), `identity.json`, and `manifest.json`, written
last, with SHA-256 sums and how far each laptop's chain reaches. The referents' key is never in it.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, NullPool, create_engine, select, text, update
from sqlalchemy.exc import DBAPIError

from sync import chain
from sync.server import dumps, identity
from sync.server.store import FILE, Store, database
from sync.server.tables import Device, Receipt, Server
from sync.server.wrong import Wrong

DUMP, MANIFEST = "server.dump", "manifest.json"
Manifest = dict[str, Any]
Row = tuple[str, str, int, bytes]
"""A receipt as verifying sees it: device, epoch, seq, digest."""
_DAMAGED = "La sauvegarde {} est incomplète ou abîmée ({}). Rien n’a été modifié. Prenez-en une autre."


def make(store: Store, known: identity.Identity, data: Path, folder: Path) -> Path:
    """A backup in a folder that holds none yet; returns the copy's path. Raises Wrong."""
    began = round(time.time() * 1000)
    if (folder / MANIFEST).exists():
        raise Wrong(f"Le dossier {folder} contient déjà une sauvegarde. Rien n’a été modifié. Donnez-en un autre.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy = folder / (DUMP if store.postgresql else FILE)
        copy.unlink(missing_ok=True)
        with store.read() as session:
            state = _dump(session, data, copy) if store.postgresql else _copy(session, copy)
        shutil.copyfile(data / identity.FILE, folder / identity.FILE)
        for file in (copy, folder / identity.FILE):
            flush(file)
        sums = {file.name: _sum(file) for file in (copy, folder / identity.FILE)}
        manifest = {"server_id": known.server_id, "file": copy.name, "sums": sums, "at": began, **state}
        identity.write(folder / MANIFEST, json.dumps(manifest, indent=1))
    except OSError as wrong:
        raise Wrong(
            f"La sauvegarde n’a pas pu être écrite dans {folder} ({wrong.strerror}). Elle ne vaut rien."
        ) from None
    return copy


def verify(folder: Path) -> Manifest:
    """Reads a whole backup: sums, then the copy, every laptop's chain computed again from its rows. Raises Wrong."""
    try:
        manifest: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        copy = folder / manifest["file"]
        for name, known in manifest["sums"].items():
            if _sum(folder / name) != known:
                raise Wrong(_DAMAGED.format(folder, f"{name} a changé"))
        if not {copy.name, identity.FILE} <= manifest["sums"].keys() or copy.name not in (FILE, DUMP):
            raise KeyError(copy.name)
        devices, _ = dict(manifest["devices"]), int(manifest.get("at", 0))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Wrong(_DAMAGED.format(folder, "il y manque des fichiers")) from None
    if copy.name == DUMP:
        dumps.read_through(copy)
    if _reached(dumps.receipts(copy) if copy.name == DUMP else _receipts(copy), devices) != devices:
        raise Wrong(_DAMAGED.format(folder, "la suite des envois d’un poste ne se vérifie pas"))
    return manifest


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
