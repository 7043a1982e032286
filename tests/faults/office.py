"""An office that serves inside the test's process, a laptop bound to it through the fault proxy, and what must hold."""

import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Connection, insert, select

from milomobile.actions import send
from milomobile.actions.open import Profile
from milomobile.domain.sending import Sent
from milomobile.store import settings
from milomobile.store import tables as here
from milomobile.store.outbox import Letter, Outbox, put
from sync import chain, client, records
from sync.push import Pushed, push
from sync.server import app, devices, identity, ledger, listening, outside, releases
from sync.server import tables as there
from sync.server.store import Store, sqlite_url
from tests.conftest import NOW
from tests.faults.proxy import Proxy
from tests.flows.processes import until

SOMEBODY = {"given_name": "Inès", "birth_name": "Boussole", "phone": "+33612345678", "sex": "F"}


def milliseconds() -> int:
    return round(time.time() * 1000)


class Office:
    """The real application over a real database on loopback; `ahead` moves its clock (milliseconds)."""

    def __init__(
        self, folder: Path, url: str | None = None, config: Callable[[FastAPI], uvicorn.Config] = listening.config
    ) -> None:
        self.identity, self.ahead = identity.make(folder), 0
        self.store = Store(url or sqlite_url(folder), create=True)
        with self.store.write() as session:
            session.execute(insert(there.Server).values(history=records.uuid7()))
        self._bound = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._bound.getsockname()[1]
        keep = partial(outside.keep, self.store, folder)
        self.folder = folder
        made = app.make(self.store, self.identity, lambda: milliseconds() + self.ahead, keep, folder / releases.FOLDER)
        self._server = uvicorn.Server(config(made))
        self._thread = threading.Thread(target=self._server.run, args=([self._bound],), daemon=True)
        self._thread.start()
        until(lambda: self._server.started)

    def code(self) -> str:
        with self.store.write() as session:
            return devices.invite(session, self.identity.public_key, "Camion", milliseconds() + self.ahead)[0]

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self.store.close()


def bind(profile: Profile, office: Office, proxy: Proxy) -> None:
    """Enrols the laptop; it knows the office by the proxy's address."""
    proxy.target = office.port
    assert send.enrol(profile, proxy.url, office.code(), None, "Camion", NOW)[0] == proxy.url


def write(profile: Profile, count: int, **more: str) -> range:
    """So many records to send, and their numbers."""
    letters = [
        Letter("person", records.uuid7(), SOMEBODY | {"address": f"{n}, rue Haute"} | more) for n in range(count)
    ]
    with profile.store.write() as session:
        seqs = put(session, letters, NOW)
    return range(seqs[0], seqs[-1] + 1)


def press(profile: Profile, patience: int = 0) -> Sent:
    """The button of Fin de journée."""
    return send.send(profile, lambda _: None, lambda: False, patience)


def push_once(profile: Profile, url: str, patience: int = 0) -> Pushed:
    """One sending over one connection to an address; raises what stopped it."""
    with profile.store.read() as session:
        kept = settings.get_all(session)
    keys = [bytes.fromhex(key) for key in kept["server_keys"].split()]
    private = bytes.fromhex(kept["private_key"])
    lane = client.Client(url, profile.device, private, keys, ca=None, clock=milliseconds, app="test")
    pushed = Pushed()
    try:
        push(
            Outbox(profile.store),
            [lane],
            progress=lambda _: None,
            cancelled=lambda: False,
            pause=lambda _: None,
            pushed=pushed,
            patience=patience,
        )
    finally:
        lane.close()
    return pushed


def rows(session: Connection, table: type, *where: object) -> list[object]:
    return list(session.execute(select(*table.__table__.columns).where(*where)))  # type: ignore[attr-defined, arg-type]


def everything_is_there(profile: Profile, store: Store, seqs: range | None = None) -> None:
    """Each line of the laptop (or those of some numbers) is held once, bytes and chain equal, and nothing waits."""
    low, high = (seqs[0], seqs[-1]) if seqs else (1, 1 << 40)
    with profile.store.read() as session:
        epoch = settings.get_all(session)["epoch"]
        lines = {row.seq: row for row in rows(session, here.Outbox, here.Outbox.seq.between(low, high))}
    assert Outbox(profile.store).waiting() == 0
    mine = (there.Receipt.device == profile.device, there.Receipt.seq.between(low, high))
    with store.read() as session:
        receipts = rows(session, there.Receipt, *mine)
        where = there.Change.id.in_(select(there.Receipt.change_id).where(*mine))
        changes = {row.id: row for row in rows(session, there.Change, where)}
        if seqs is None:
            assert len(rows(session, there.Change)) == len(lines)
            state = ledger.state(session, "", profile.device, 0)
            assert (state.hwm, state.chain) == (max(lines), lines[max(lines)].chain.hex())
    assert sorted(row.seq for row in receipts) == sorted(lines)
    for row in receipts:
        line = lines[row.seq]
        assert (row.change_id, bytes(row.digest), bytes(row.chain), row.epoch) == (
            line.id,
            line.digest,
            line.chain,
            epoch,
        )
        assert bytes(changes[line.id].line) == line.line and chain.digest(line.line) == line.digest
