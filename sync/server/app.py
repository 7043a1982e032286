"""The server's HTTP side: who asks is proven before anything is read, and every answer is signed."""

import gzip
import json
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
import zstandard
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync import signing
from sync.records import Batch
from sync.server import devices, feeds, ledger
from sync.server.identity import Identity
from sync.server.store import Store

PACKED, UNPACKED, LINES = 8 << 20, 64 << 20, 5000
log = structlog.get_logger()


@dataclass(frozen=True)
class Problem(Exception):
    """An answer of RFC 9457: a status, a type under /problems/, and a sentence."""

    status: int
    type: str
    title: str


def make(store: Store, identity: Identity, clock: Callable[[], int], erased: Callable[[], object]) -> FastAPI:
    """The application over an open store; `clock` gives milliseconds.

    `erased` is called when a batch that erases was committed, before it is acknowledged.
    """
    app = FastAPI(title="Milo Mobile", version="1", docs_url=None, redoc_url=None)

    @app.get("/health")
    def health() -> dict[str, str]:
        """Whether the database answers; nothing about anybody."""
        with store.read() as session:
            session.exec_driver_sql("SELECT 1")
        return {"status": "ok"}

    @app.get("/v1/ping")
    async def ping(request: Request) -> Response:
        """Who this server is, signed."""
        return _signed(identity, request, 200, {"server_id": identity.server_id, "now": clock()}, clock())

    @app.post("/v1/enrol")
    async def enrol(request: Request) -> Response:
        """A one-time code and a laptop's key in; the server's keys out."""
        return await _answer(identity, clock, request, lambda body: _enrol(store, identity, request, body, clock()))

    @app.post("/v1/devices/{device}/changes")
    async def changes(device: str, request: Request) -> Response:
        """One batch of lines in; the signed verdicts out."""
        return await _answer(
            identity, clock, request, lambda body: _changes(store, identity, request, device, body, clock(), erased)
        )

    @app.get("/v1/feed/{name}")
    async def feed(name: str, request: Request) -> Response:
        """A page of what laptops are told, after a cursor: its items, the next cursor, and whether there is more."""
        return await _answer(
            identity, clock, request, lambda body: _feed(store, identity, request, name, body, clock())
        )

    @app.get("/v1/devices/{device}/state")
    async def state(device: str, request: Request) -> Response:
        """What the server holds of a laptop, computed again from the rows."""
        return await _answer(
            identity, clock, request, lambda body: _state(store, identity, request, device, body, clock())
        )

    return app


async def _answer(
    identity: Identity, clock: Callable[[], int], request: Request, act: Callable[[bytes], tuple[int, dict[str, Any]]]
) -> Response:
    began, status = time.perf_counter(), 500
    payload: dict[str, Any]
    try:
        body = await _body(request)
        status, payload = await run_in_threadpool(act, body)
    except Problem as wrong:
        status = wrong.status
        payload = {"type": f"/problems/{wrong.type}", "title": wrong.title, "status": status, "now": clock()}
        payload["server_keys"] = [identity.public_key.hex()]
    except ClientDisconnect:
        log.info("cut", id=request.headers.get("sync-request", "")[:36])
        return Response(status_code=400)
    except ledger.Fork as wrong:
        status = 409
        payload = {"type": "/problems/device-fork", "title": "another history", "status": status, "now": clock()}
        log.warning("fork", detail=str(wrong))
    except Exception as wrong:
        payload = {"type": "/problems/fault", "title": "the server failed", "status": 500, "now": clock()}
        log.error("fault", kind=type(wrong).__name__, exc_info=True)
    log.info(
        "request",
        id=request.headers.get("sync-request", "")[:36],
        path=re.sub(r"[^\w/.-]", "", request.url.path)[:100],
        status=status,
        ms=round((time.perf_counter() - began) * 1000),
    )
    return _signed(identity, request, status, payload, clock())


def _signed(identity: Identity, request: Request, status: int, payload: dict[str, Any], now: int) -> Response:
    body = json.dumps(payload, ensure_ascii=False).encode()
    kind = "application/json" if status < 400 else "application/problem+json"
    headers = {"content-type": kind, "content-digest": signing.content_digest(body)}
    answer = signing.Answer(status, headers, _as_signed(request))
    try:
        signing.sign(answer, signing.ANSWER, identity.signing_key, identity.server_id, now)
    except signing.Unsignable:
        log.info("unsigned", reason="the request lacks what an answer is bound to")
    return Response(body, status, headers)


def _as_signed(request: Request) -> signing.Request:
    return signing.Request(request.method, str(request.url), signing.plain_headers(request.headers))


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if not length.isdigit():
        raise Problem(400, "no-length", "the length of the body is needed")
    if int(length) > PACKED:
        raise Problem(413, "too-large", "the body is too large")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > PACKED:
            raise Problem(413, "too-large", "the body is too large")
    return bytes(body)


def _prove(request: Request, components: tuple[str, ...], public_key: bytes, body: bytes, now: int) -> None:
    if request.headers.get("content-digest") != signing.content_digest(body):
        raise Problem(400, "digest-mismatch", "the body was altered on its way")
    try:
        signed = signing.verify(_as_signed(request), components, public_key, body)
    except signing.BadSignature:
        raise Problem(401, "bad-signature", "the signature does not fit") from None
    if abs(signed.timestamp() - now / 1000) > signing.WINDOW:
        raise Problem(401, "clock", "the clocks differ by more than 300 seconds")


def _enrol(store: Store, identity: Identity, request: Request, body: bytes, now: int) -> tuple[int, dict[str, Any]]:
    try:
        asked = json.loads(body)
        public_key, device = bytes.fromhex(asked["public_key"]), str(asked["device"])
        secret, label = str(asked["code"]), str(asked.get("label", ""))[:80]
        if len(public_key) != 32 or not re.fullmatch(r"[0-9a-f-]{36}", device):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Problem(400, "unreadable", "the request cannot be read") from None
    _prove(request, signing.PLAIN, public_key, body, now)
    with store.write() as session:
        outcome = devices.enrol(session, secret, device, public_key, label, now)
    if outcome == "bad-code":
        raise Problem(403, "bad-code", "the code is wrong, used or expired")
    if outcome == "device-known":
        raise Problem(409, "device-known", "another key holds this id")
    with store.read() as session:
        history = ledger.state(session, identity.server_id, device, now).history
    return 201, {
        "server_id": identity.server_id,
        "server_keys": [identity.public_key.hex()],
        "sealing_key": identity.sealing_public_key.hex(),
        "history": history,
        "now": now,
    }


def _known(store: Store, device: str) -> bytes:
    with store.read() as session:
        found = devices.get(session, device)
    if found is None:
        raise Problem(401, "unknown-device", "this laptop is not enrolled here")
    if found.revoked is not None:
        raise Problem(403, "device-revoked", "this laptop was revoked")
    return bytes(found.public_key)


def _state(
    store: Store, identity: Identity, request: Request, device: str, body: bytes, now: int
) -> tuple[int, dict[str, Any]]:
    _prove(request, signing.PLAIN, _known(store, device), body, now)
    with store.read() as session:
        return 200, ledger.state(session, identity.server_id, device, now).to_json()


def _changes(
    store: Store, identity: Identity, request: Request, device: str, body: bytes, now: int, erased: Callable[[], object]
) -> tuple[int, dict[str, Any]]:
    _prove(request, signing.PUSH, _known(store, device), body, now)
    lines = tuple(_unpack(body, request.headers.get("content-encoding", "identity")).split(b"\n")[:-1])
    if not lines or len(lines) > LINES:
        raise Problem(413 if lines else 422, "too-many-lines" if lines else "no-lines", "the batch does not fit")
    reach = re.fullmatch(r"e=([0-9a-f]{8}); (\d{1,15})-(\d{1,15})", request.headers.get("sync-range", ""))
    expect = re.fullmatch(r"hwm=(\d{1,15}); chain=([0-9a-f]{64})", request.headers.get("sync-expect", ""))
    if not reach or not expect or int(reach[2]) < 1 or int(reach[3]) - int(reach[2]) + 1 != len(lines):
        raise Problem(422, "bad-range", "the range does not fit the lines")
    batch = Batch(int(reach[2]), lines)
    expected = (int(expect[1]), expect[2])
    ack = store.attempt(
        lambda session: ledger.take(session, identity.server_id, device, reach[1], batch, expected, now)
    )
    if any(b'"erase"' in line for line in lines):
        erased()
    return 200, ack.to_json()


def _feed(
    store: Store, identity: Identity, request: Request, name: str, body: bytes, now: int
) -> tuple[int, dict[str, Any]]:
    device = signing.key_id(signing.plain_headers(request.headers))
    _prove(request, signing.PLAIN, _known(store, device), body, now)
    if name not in feeds.FEEDS:
        raise Problem(404, "unknown-feed", "there is no such feed")
    cursor, limit = request.query_params.get("cursor", ""), request.query_params.get("limit", "500")
    if not limit.isdigit() or not 1 <= int(limit[:6]) <= 5000:
        raise Problem(422, "bad-limit", "from 1 to 5000")
    try:
        with store.read() as session:
            items, next_cursor, more = feeds.page(session, name, device, cursor, int(limit))
    except feeds.CursorInvalid:
        raise Problem(409, "cursor-invalid", "the feed is another one: start again") from None
    return 200, {"items": [json.loads(item) for item in items], "next": next_cursor, "more": more}


def _unpack(body: bytes, encoding: str) -> bytes:
    """The lines, bounded before they are unpacked: a small body may hide a huge one."""
    try:
        if encoding == "identity":
            return body
        if encoding == "gzip":
            unpacker = zlib.decompressobj(wbits=31)
            plain = unpacker.decompress(body, UNPACKED)
            if unpacker.unconsumed_tail:
                raise Problem(413, "too-large", "the body is too large")
            return plain
        if encoding == "zstd":
            with zstandard.ZstdDecompressor().stream_reader(body) as reader:
                plain = reader.read(UNPACKED + 1)
            if len(plain) > UNPACKED:
                raise Problem(413, "too-large", "the body is too large")
            return plain
    except (zlib.error, gzip.BadGzipFile, zstandard.ZstdError):
        raise Problem(400, "digest-mismatch", "the body cannot be unpacked") from None
    raise Problem(415, "encoding", "zstd, gzip or identity")
