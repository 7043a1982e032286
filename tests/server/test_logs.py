"""Whatever arrives or fails, the log has one JSON line a request under its id, and nothing that anybody wrote."""

import json
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from sync import client, errors, records
from sync.server.tables import Entity
from tests.faults.office import milliseconds
from tests.faults.served import Served
from tests.flows.processes import call, until
from tests.postgresql import DATABASES
from tests.server.online import KEY, PERSON, STORED, Online, go_online, line

WORDS = (
    *STORED,
    "Zephirine",
    "Z\\u00e9phirine",
    "Barnabé",
    "vient de loin",
    "0699887766",
    b"Quatrepommes".hex(),
)
KNOWN = {"request", "cut", "fork", "fault", "unavailable"}


@pytest.fixture(params=DATABASES)
def online(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Online]:
    """A server of the test's own, whose database it may break."""
    served = Served(tmp_path / "office", None if request.param == "sqlite" else request.getfixturevalue("cluster"))
    yield go_online(served)
    served.close()


def lines(online: Online) -> list[dict[str, object]]:
    """The log, every line of which is one JSON object that holds none of the words."""
    said = online.log()
    assert [word for word in WORDS if word in said] == []
    return [json.loads(one) for one in said.splitlines()]


def raw(online: Online, content: bytes) -> bytes:
    """What is answered to some bytes."""
    with socket.create_connection(("127.0.0.1", online.served.port), 20) as end:
        end.sendall(content)
        end.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: end.recv(65536), b""))


ODD = (
    b"GET /v1/feed/Quatrepommes?cursor=Barnab%C3%A9 HTTP/1.1\r\nHost: Quatrepommes\r\nSync-Request: Quatrepommes\r\n\r\n",
    b"GET http://Quatrepommes/v1/ping HTTP/1.1\r\nHost: [Quatrepommes\r\nSync-Request: a\r\nContent-Digest: b\r\n\r\n",
    b"POST /v1/devices/Quatrepommes/changes HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nQuatrepommes",
    b"GET /v1/ping HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: Quatrepommes\r\n\r\n",
    b"Quatrepommes /Quatrepommes HTTP/9.9\r\nQuatrepommes\r\n\r\n",
    b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nQuatrepommes",
    b"GET /v1/feed/verdicts HTTP/1.1\r\nHost: a\r\nContent-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
    b'\r\nSignature-Input: s=();keyid="Quatrepommes"\r\nSignature: Quatrepommes\r\n\r\n',
)


def test_nothing_that_was_sent_is_in_the_log(online: Online) -> None:
    broken = [
        b'{"Quatrepommes',
        "Zéphirine".encode("latin-1"),
        b'{"id": 1, "set": "Quatrepommes"}',
        line(phone="+33699887766"),
    ]
    twice = line(**PERSON)
    with closing(online.lane()) as lane:
        assert {one.verdict for one in online.send(lane, 2, *broken, twice).results} == {"refused"}
        online.send(lane, 7, twice)
        with pytest.raises(errors.Fork):
            online.send(lane, 2, line(**PERSON))
        assert lane.feed("verdicts", "")
    for content in ODD:
        raw(online, content)
    with pytest.raises(errors.BadCode):
        fingerprint = online.served.code().replace("-", "")[8:]
        _enrol(online, "QATREP0M" + fingerprint)
    logged = lines(online)
    assert {"request", "cut", "fork"} <= {one["event"] for one in logged}
    assert {one["route"] for one in logged if one["event"] == "request"} <= {
        "/v1/enrol",
        "/v1/ping",
        "/v1/devices/{device}/changes",
        "/v1/feed/{name}",
        "unknown",
    }
    assert all(uuid.UUID(str(one["id"])) for one in logged if one["event"] in KNOWN)


def _enrol(online: Online, code: str) -> None:
    client.enrol(
        online.url, code, device=records.uuid7(), private_key=KEY, ca=None, clock=milliseconds, label="Barnabé"
    )


def fail_with_the_row(session: Connection) -> None:
    """From here on nobody is kept, and the database tells whom it refused."""
    if session.dialect.name == "postgresql":
        session.execute(text("ALTER TABLE change ADD CHECK (false) NOT VALID"))
        session.execute(text("ALTER TABLE erasure ADD CHECK (false) NOT VALID"))
        return
    for table, column in (("change", "line"), ("erasure", "reason")):
        said = f"SELECT RAISE(ABORT, CAST(NEW.{column} AS text))"
        session.execute(text(f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN {said}; END"))


def test_a_fault_is_told_by_its_kind_and_place_alone(online: Online) -> None:
    with closing(online.served.store()) as store, store.write() as session:
        person = session.execute(select(Entity.entity_id)).scalar_one()
        fail_with_the_row(session)
    with closing(online.lane()) as lane, pytest.raises(errors.ServerFault, match="500"):
        online.send(lane, 2, line(**PERSON))
    (fault,) = [one for one in lines(online) if one["event"] == "fault"]
    until(lambda: [one["status"] for one in lines(online) if one.get("id") == fault["id"] and "status" in one] == [500])
    assert "sync.server.ledger" in str(fault["error"])
    assert "Violation" in str(fault["error"]) or "SQLITE_CONSTRAINT" in str(fault["error"])
    said = call("sync.server", "erase", "--data", str(online.served.data), person, "--reason", "DEMANDE")
    assert said.returncode == 70
    assert "sync.server.office" in said.stderr and [word for word in WORDS if word in said.stderr] == []
