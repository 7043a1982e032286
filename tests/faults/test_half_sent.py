"""Requests that stop in the middle: their connections end, and they hold up neither the others nor the server's end."""

import contextlib
import select
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from sync.server import listening
from tests.faults.office import Office
from tests.flows import processes

HEAD = b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n"
HALVES = {"nothing": b"", "half a head": HEAD, "no body": HEAD + b"\r\n", "half a body": HEAD + b"\r\n" + b"x" * 500}
PATIENCE = 2.0


class Impatient(listening.Patient):
    patience = PATIENCE


def _impatient(app: FastAPI) -> uvicorn.Config:
    made = listening.config(app)
    made.http = Impatient
    return made


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office", config=_impatient)
    yield made
    made.close()


def _send(port: int, content: bytes) -> socket.socket:
    end = socket.create_connection(("127.0.0.1", port), 20)
    end.sendall(content)
    return end


def _closed(end: socket.socket, seconds: float) -> bool:
    """Whether the server hangs up within so many seconds, without a word."""
    if not select.select([end], [], [], seconds)[0]:
        return False
    try:
        return end.recv(1) == b""
    except ConnectionResetError:
        return True


def test_whoever_stops_in_the_middle_is_cut_off(office: Office) -> None:
    asked = time.monotonic()
    ends = [_send(office.port, half) for half in HALVES.values()]
    second = _send(office.port, b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
    while not second.recv(65536).endswith(b'ok"}'):
        pass
    second.sendall(b"GET /hea")
    ends.append(second)
    assert [_closed(end, PATIENCE * 5) for end in ends] == [True] * len(ends)
    assert time.monotonic() - asked >= PATIENCE
    for end in ends:
        end.close()


def test_whoever_goes_on_slowly_is_heard_to_the_end(office: Office) -> None:
    with _send(office.port, HEAD + b"\r\n") as end:
        for _ in range(10):
            assert not _closed(end, PATIENCE / 6)
            end.sendall(b"x" * 100)
        assert end.recv(12) == b"HTTP/1.1 400"


@pytest.mark.parametrize("start", ["", HEAD.decode(), HEAD.decode() + "\r\n"])
def test_whoever_trickles_is_cut_off(office: Office, start: str) -> None:
    """A byte now and then is no progress: a request must come at some speed once its first seconds are over."""
    asked = time.monotonic()
    with _send(office.port, start.encode()) as end:
        while not _closed(end, PATIENCE / 10):
            assert time.monotonic() - asked < PATIENCE * 5
            with contextlib.suppress(OSError):
                end.sendall(b"x")
    assert time.monotonic() - asked >= PATIENCE


def test_the_server_ends_though_many_stopped_in_the_middle(tmp_path: Path) -> None:
    office = processes.Office(tmp_path / "server")
    office.start()
    trust, port = ssl.create_default_context(cafile=office.certificate), int(office.port)
    ends: list[socket.socket] = []
    for half in [*HALVES.values()] * 4:
        ends.append(_send(port, b"\x16\x03\x01" if not half else b""))
        secure = trust.wrap_socket(_send(port, b""), server_hostname="127.0.0.1")
        secure.sendall(half)
        ends.append(secure)
    asked = time.monotonic()
    office.stop()
    took = time.monotonic() - asked
    assert took < 5, took
    for end in ends:
        end.close()
    assert "Traceback" not in office.log.read_text(encoding="utf-8")
