"""A proxy that does to requests what bad networks do: plain TCP, one thread a connection, one fault a request."""

import contextlib
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Fault:
    """What happens to one request: `kind` is of KINDS or a name in ANSWERS; `at` is where it is cut, or seconds.

    `trickle`, of neither, lets what is longer than a head through byte by byte.
    """

    kind: str = "pass"
    at: float = 0


KINDS = ("pass", "cut_up", "cut_down", "reset_up", "reset_down", "delay", "twice", "lost_answer_502")
"""`cut_…` ends the connection in order, `reset_…` with RST; `twice` gives the server the request twice."""


def _answer(status: str, body: bytes, *headers: str) -> bytes:
    head = "".join(f"{one}\r\n" for one in (*headers, f"Content-Length: {len(body)}", "Connection: close"))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


_HTML = b"<html><title>Bienvenue</title><form action=/login>Chambre</form></html>"
_STRANGER = (
    b'{"server":"s","history":"h","stored":[[1,99999]],"hwm":0,"chain":"00","durable_through":99999,"now":1,'
    b'"results":[],"status":"ok"}'
)
ANSWERS = {
    "portal_200": _answer("200 OK", _HTML, "Content-Type: text/html"),
    "portal_302": _answer("302 Found", b"", "Location: http://login.example/"),
    "proxy_407": _answer("407 Proxy Authentication Required", _HTML, 'Proxy-Authenticate: Basic realm="hotel"'),
    "too_large_413": _answer("413 Content Too Large", _HTML, "Content-Type: text/html"),
    "busy_429": _answer("429 Too Many Requests", b"", "Retry-After: 1"),
    "bad_gateway_502": _answer("502 Bad Gateway", _HTML, "Content-Type: text/html"),
    "garbage": b"\x15\x03\x01\x00\x02\x02\x28" + bytes(range(256)),
    "empty_200": _answer("200 OK", b""),
    "stranger_200": _answer("200 OK", _STRANGER, "Content-Type: application/json"),
}


class Proxy:
    """Listens on a port of its own until closed; `plan` is asked for each request, `up` and `down` are the last sizes.

    `target` is the server's port and may change.
    """

    def __init__(self, target: int = 0) -> None:
        self.target, self.up, self.down, self.asked, self.trickled = target, 0, 0, 0, 0
        self.plan: Callable[[], Fault] = Fault
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Takes no more connections."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def once(self, fault: Fault) -> None:
        """The next request meets this fault, those after it none."""
        left = [fault]
        self.plan = lambda: left.pop() if left else Fault()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            client.settimeout(30)
            while self._one(client):
                pass

    def _one(self, client: socket.socket) -> bool:
        """One request; whether the connection goes on."""
        first = client.recv(1, socket.MSG_PEEK)
        if not first:
            return False
        self.asked += 1
        fault = self.plan()
        if fault.kind in ("cut_up", "reset_up"):
            self._forward_a_part(client, int(fault.at))
            return _end(client, fault.kind == "reset_up")
        request = _read(client)
        self.up = len(request)
        if fault.kind in ANSWERS:
            client.sendall(ANSWERS[fault.kind])
            return _end(client, False)
        if fault.kind == "delay":
            time.sleep(fault.at)
        answer = self._ask(request)
        if fault.kind == "twice":
            answer = self._ask(request)
        self.down = len(answer)
        if fault.kind == "trickle":
            client.sendall(answer[:2000])
            for place in range(2000, len(answer)):
                client.sendall(answer[place : place + 1])
                self.trickled += 1
                time.sleep(0.05)
            return True
        if fault.kind in ("cut_down", "reset_down"):
            client.sendall(answer[: int(fault.at)])
            return _end(client, fault.kind == "reset_down")
        client.sendall(ANSWERS["bad_gateway_502"] if fault.kind == "lost_answer_502" else answer)
        return bool(answer) and fault.kind != "lost_answer_502"

    def _forward_a_part(self, client: socket.socket, count: int) -> None:
        """The server gets the request's first bytes, and then nothing more."""
        with socket.create_connection(("127.0.0.1", self.target), 10) as server:
            while count and (part := client.recv(min(count, 65536))):
                server.sendall(part)
                count -= len(part)

    def _ask(self, request: bytes) -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", self.target), 10) as server:
                server.settimeout(30)
                server.sendall(request)
                return _read(server)
        except OSError:
            return b""


def _read(end: socket.socket) -> bytes:
    """One whole message, or what came before the end."""
    read = bytearray()
    while b"\r\n\r\n" not in read:
        part = end.recv(65536)
        if not part:
            return bytes(read)
        read += part
    found = re.search(rb"\r\ncontent-length: *(\d+)\r\n", read, re.IGNORECASE)
    whole = read.index(b"\r\n\r\n") + 4 + (int(found[1]) if found else 0)
    while len(read) < whole and (part := end.recv(65536)):
        read += part
    return bytes(read)


def _end(client: socket.socket, reset: bool) -> bool:
    if reset:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    else:
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_WR)
            client.settimeout(2)
            while client.recv(65536):
                pass
    return False
