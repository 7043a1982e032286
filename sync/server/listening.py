"""How the application listens: uvicorn, but one that hangs up on whoever stops in the middle of a request."""

import asyncio
import json
import socket
import ssl
from collections.abc import Callable

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.server import headers
from sync.server.problems import Problem

GRACE = 10
"""Seconds that an act under way has to end once the server is told to stop."""


class Patient(H11Protocol):
    """HTTP/1.1; a request that makes no progress for `patience` seconds is cut off, at its head or in its body.

    So is one that trickles: after the first `patience` seconds it must have come at `slowest` bytes a second.
    uvicorn waits for such requests as long as they please, and at a stop too (sync.md, pitfall 18).
    """

    patience, slowest = 60.0, 200
    _began: float | None = None
    _came = 0
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Waits for the first request. Nothing is held back: asyncio forgets this for a socket bound beforehand."""
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)
        self._wait_again()

    def data_received(self, data: bytes) -> None:
        """Each part of a request is progress."""
        if self._began is None:
            self._began, self._came = self.loop.time(), 0
        self._came += len(data)
        super().data_received(data)
        self._wait_again()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Bytes that are no HTTP get a problem too, as all that is refused; unsigned, for there is no request to bind it to."""
        assert isinstance(self.config.app, FastAPI)
        here = self.config.app.state.here
        told = Problem("no-http").told(here.clock(), here.identity.public_key)
        body = json.dumps(told).encode()
        own = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
            *headers.of(self.scheme),
        ]
        answer = h11.Response(status_code=told["status"], headers=own, reason=b"Bad Request")
        for event in (answer, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def shutdown(self) -> None:
        """The server stops. Only an act under way is waited for: half a request comes again, whole."""
        acting = self.cycle is not None and not self.cycle.response_complete
        heard = self.conn.their_state is not h11.SEND_BODY
        if not (acting and heard) and not self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            super().shutdown()

    def _wait_again(self) -> None:
        self._wait_no_more()
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._waiting = self.loop.call_later(self._left(), self.transport.abort)
        else:
            self._began = None

    def _left(self) -> float:
        """Seconds until this request is cut off if nothing more of it comes."""
        if self._began is None:
            return self.patience
        end = self._began + self.patience + self._came / self.slowest
        return max(0.0, min(self.patience, end - self.loop.time()))

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def config(app: FastAPI, certificate: str | None = None, key: str | None = None) -> uvicorn.Config:
    """How `app` is served; without a certificate in plain text."""
    return uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        ssl_certfile=certificate,
        ssl_keyfile=key,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=30,
        server_header=False,
        ssl_context_factory=_modern if certificate else None,
    )


def _modern(config: uvicorn.Config, usual: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """TLS 1.2 or 1.3, whatever the machine's OpenSSL would still allow."""
    made = usual()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made
