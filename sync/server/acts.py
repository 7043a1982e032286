"""What laptops ask for, once the request is whole: who asks is proven before anything of it is read."""

import json
import re
import time
from datetime import date
from typing import Any

from starlette.requests import Request

from sync import signing
from sync.records import Batch
from sync.server import devices, feeds, files, journal, ledger, limits, proving, releases
from sync.server.outward import tokens
from sync.server.problems import Problem
from sync.server.serving import Serving

MOST_ITEMS = 5000
MOST_DAYS = 366
RANGE = r"e=([0-9a-f]{8}); ([0-9]{1,15})-([0-9]{1,15})"
EXPECT = r"hwm=([0-9]{1,15}); chain=([0-9a-f]{64})"
Answer = dict[str, Any]


def enrol(here: Serving, request: Request, body: bytes) -> Answer:
    """A one-time code and a laptop's key in; the server's keys out."""
    now = here.clock()
    try:
        asked = json.loads(body)
        public_key, device = bytes.fromhex(asked["public_key"]), str(asked["device"])
        secret, label = str(asked["code"])[:80], _plain(str(asked.get("label", "")))
        if len(public_key) != 32 or not re.fullmatch(proving.DEVICE, device) or not secret.isascii():
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Problem("unreadable") from None
    proving.prove(request, signing.PLAIN, public_key, body, now)
    if wait := here.limits.codes.wait(limits.address(request.scope)):
        raise limits.too_often(wait)
    with here.store.write() as session:
        outcome = devices.enrol(session, secret, device, public_key, label, now)
        if outcome == "enrolled":
            journal.note(session, now, "enrol", device)
    if outcome != "enrolled":
        raise Problem(outcome)
    here.keep_outside()
    with here.store.read() as session:
        history = ledger.state(session, here.identity.server_id, device, now).history
    return {
        "server_id": here.identity.server_id,
        "server_keys": [here.identity.public_key.hex()],
        "sealing_key": here.identity.sealing_public_key.hex(),
        "history": history,
        "now": now,
    }


def _plain(label: str) -> str:
    """What both databases can hold."""
    return "".join(letter for letter in label if letter.isprintable())[:80]


def state(here: Serving, request: Request, body: bytes) -> Answer:
    """What the server holds of a laptop, computed again from the rows."""
    device, now = request.path_params["device"], here.clock()
    proving.prove(request, signing.PLAIN, proving.known(here.store, device), body, now)
    with here.store.read() as session:
        return ledger.state(session, here.identity.server_id, device, now).to_json()


def changes(here: Serving, request: Request, body: bytes) -> Answer:
    """One batch of lines in; the verdicts out, after the commit."""
    device, now, began = request.path_params["device"], here.clock(), time.perf_counter()
    proving.prove(request, signing.PUSH, proving.known(here.store, device), body, now)
    if wait := here.limits.pushes.use(device):
        raise limits.too_often(wait)
    lines = proving.lines(body, request.headers.get("content-encoding", "identity"))
    reach = re.fullmatch(RANGE, request.headers.get("sync-range", ""))
    expect = re.fullmatch(EXPECT, request.headers.get("sync-expect", ""))
    if not reach or not expect or int(reach[2]) < 1 or int(reach[3]) - int(reach[2]) + 1 != len(lines):
        raise Problem("bad-range")
    batch = Batch(int(reach[2]), lines)
    expected = (int(expect[1]), expect[2])
    ack = here.store.attempt(
        lambda session: ledger.take(session, here.identity.server_id, device, reach[1], batch, expected, now)
    )
    if any(b'"erase"' in line for line in lines):
        here.keep_outside()
    here.counts.batch(time.perf_counter() - began, len(lines), ack)
    return ack.to_json()


def feed(here: Serving, request: Request, body: bytes) -> Answer:
    """A page of what laptops are told, after a cursor: its items, the next cursor, and whether there is more."""
    device = _prove(here, request, body)
    name = request.path_params["name"]
    if name not in feeds.FEEDS:
        raise Problem("unknown-feed")
    cursor, limit = request.query_params.get("cursor", ""), request.query_params.get("limit", "500")
    if not re.fullmatch("[0-9]{1,4}", limit) or not 1 <= int(limit) <= MOST_ITEMS:
        raise Problem("bad-limit")
    try:
        with here.store.read() as session:
            items, next_cursor, more = feeds.page(session, name, device, cursor, int(limit))
    except feeds.CursorInvalid:
        raise Problem("cursor-invalid") from None
    return {"items": [json.loads(item) for item in items], "next": next_cursor, "more": more}


def release(here: Serving, request: Request, body: bytes) -> bytes:
    """A metadata file of the release that was added, as the publisher signed it."""
    _prove(here, request, body)
    return _found(releases.metadata(here.releases, request.path_params["name"]))


def piece(here: Serving, request: Request, body: bytes) -> bytes:
    """A numbered piece of a release's program."""
    _prove(here, request, body)
    digest, number = request.path_params["digest"], request.path_params["number"]
    return _found(releases.piece(here.releases, digest, number))


def _prove(here: Serving, request: Request, body: bytes) -> str:
    """The enrolled laptop that asks."""
    device = signing.key_id(signing.plain_headers(request.headers))
    proving.prove(request, signing.PLAIN, proving.known(here.store, device), body, here.clock())
    return device


def _found(content: bytes | None) -> bytes:
    if content is None:
        raise Problem("unknown-release")
    return content


def export(here: Serving, request: Request, body: bytes) -> Answer:
    """Lines of an office's file for one of the Mission Locale's own tools, by its token; the reading is journalled."""
    now, asked = here.clock(), request.query_params
    with here.store.read() as session:
        if not tokens.on(session):
            raise Problem("unknown-path")
    if wait := here.limits.codes.wait(limits.address(request.scope)):
        raise limits.too_often(wait)
    how, _, token = request.headers.get("authorization", "").partition(" ")
    with here.store.read() as session:
        known = tokens.known(session, token) if how.lower() == "bearer" else None
        if known is None:
            raise Problem("bad-token")
        try:
            first, last = (date.fromisoformat(asked.get(name, "")) for name in ("from", "to"))
        except ValueError:
            raise Problem("bad-period") from None
        if not 0 <= (last - first).days <= MOST_DAYS:
            raise Problem("bad-period")
        lines = files.lines(session, known.what, known.columns, first, last)
    with here.store.write() as session:
        if not tokens.use(session, token, now):
            raise Problem("bad-token")
        journal.note(session, now, f"export {known.what}", f"{first}/{last}")
    return {"file": known.what, "from": str(first), "to": str(last), "lines": lines}
