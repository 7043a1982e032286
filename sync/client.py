"""The laptop's end of the wire: one request at a time, and a closed list of what can come back."""

import gzip
import ipaddress
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import zstandard

from sync import errors, exchange, records, signing
from sync.push import Position
from sync.records import Ack, Batch


@dataclass(frozen=True)
class Enrolled:
    """What a laptop keeps of its server: raw 32-byte keys."""

    server_id: str
    server_keys: tuple[bytes, ...]
    sealing_key: bytes
    history: str


@dataclass(frozen=True)
class Page:
    """A page of a feed: its items in order, the cursor to go on from, and whether there is more."""

    items: tuple[dict[str, Any], ...]
    next: str
    more: bool


def address(url: str) -> str:
    """The server's base address; raises BadAddress: https everywhere, plain http on this machine only."""
    typed = url.strip()
    try:
        parts = urlsplit(typed if "//" in typed else f"https://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise errors.BadAddress("port") from None
    named = all(part and not part.startswith("-") for part in host.split(".")) and not set(host) & set(" _<>\"'\\")
    if parts.scheme not in ("https", "http") or not host or not (named or ":" in host) or parts.query:
        raise errors.BadAddress(parts.scheme)
    if parts.scheme == "http" and not _is_here(host):
        raise errors.BadAddress("plain http")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Client:
    """Speaks for one laptop to one server; `server_keys` are the only ones believed, `clock` gives milliseconds.

    `stopped` ends an answer half way; `patience` is of `exchange.round_trip`.
    """

    def __init__(
        self,
        url: str,
        device: str,
        private_key: bytes,
        server_keys: Sequence[bytes],
        *,
        ca: str | None,
        clock: Callable[[], int],
        app: str,
        stopped: Callable[[], bool] = lambda: False,
        patience: tuple[float, float] = exchange.PATIENCE,
    ) -> None:
        self._stopped, self._patience = stopped, patience
        self._url, self._device, self._private_key = url, device, private_key
        self._server_keys, self._clock, self._app = tuple(server_keys), clock, app
        self._offset, self._encoding, self.packed = 0, "zstd", 0.25
        self._http = exchange.session(ca)

    def send(self, batch: Batch, position: Position) -> Ack:
        """One batch, one POST; raises what `sync.errors` lists. A clock that is off is learned and tried once more."""
        body = b"\n".join(batch.lines) + b"\n"
        last = batch.first + len(batch.lines) - 1
        headers = {
            "Content-Type": "application/x-ndjson",
            "Sync-Range": f"e={position.epoch}; {batch.first}-{last}",
            "Sync-Expect": f"hwm={position.hwm}; chain={position.chain}",
            "Sync-Schema": str(records.SCHEMA),
        }
        path = f"/v1/devices/{self._device}/changes"
        for _ in range(3):
            packed = _pack(body, self._encoding)
            self.packed = len(packed) / len(body)
            sent = {**headers, "Content-Encoding": self._encoding}
            status, answer = self._ask("POST", path, packed, sent, signing.PUSH)
            if status == 415 and self._encoding != "identity":
                self._encoding = "gzip" if self._encoding == "zstd" else "identity"
            elif status == 400 and answer.get("type") == "/problems/digest-mismatch" and self._encoding != "identity":
                self._encoding = "identity"
            elif status == 401 and answer.get("type") == "/problems/clock" and "now" in answer and not self._offset:
                self._offset = int(answer["now"]) - self._clock()
            else:
                break
        return _ack(status, answer)

    def state(self) -> Ack:
        """What the server holds of this laptop, computed again from its rows."""
        return _ack(*self._get(f"/v1/devices/{self._device}/state"))

    def feed(self, name: str, cursor: str, limit: int = 500) -> Page | None:
        """A page of a feed after a cursor; None where the cursor is no longer that of this server."""
        query = urlencode({"cursor": cursor, "limit": limit})
        status, answer = self._get(f"/v1/feed/{name}?{query}")
        if status == 409 and answer.get("type") == "/problems/cursor-invalid":
            return None
        if status != 200:
            _ack(status, answer)
        try:
            items = tuple(dict(item) for item in answer["items"])
            return Page(items, str(answer["next"]), bool(answer["more"]))
        except (KeyError, TypeError, ValueError) as wrong:
            raise errors.ServerFault(f"unreadable page: {wrong}") from wrong

    def metadata(self, name: str) -> bytes | None:
        """What the publisher signed of a release, as it came to the server; None where there is no such."""
        return self._release(f"metadata/{name}")

    def piece(self, sha256: str, number: int) -> bytes | None:
        """The bytes of a release's program from `number` pieces on; None where the server no longer has it."""
        return self._release(f"pieces/{sha256}/{number}")

    def _release(self, path: str) -> bytes | None:
        status, content = self._get_bytes(f"/v1/releases/{path}")
        if status == 200:
            return content
        if status == 404:
            return None
        _ack(status, exchange.object_of(content))
        raise errors.ServerFault(f"{status}")

    def _get(self, path: str) -> tuple[int, dict[str, Any]]:
        status, content = self._get_bytes(path)
        return status, exchange.object_of(content)

    def _get_bytes(self, path: str) -> tuple[int, bytes]:
        for _ in range(2):
            status, content = self._ask_bytes("GET", path, b"", {}, signing.PLAIN)
            answer = exchange.object_of(content) if status == 401 else {}
            if not (answer.get("type") == "/problems/clock" and "now" in answer and not self._offset):
                break
            self._offset = int(answer["now"]) - self._clock()
        return status, content

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], components: Sequence[str]
    ) -> tuple[int, dict[str, Any]]:
        status, content = self._ask_bytes(method, path, body, headers, components)
        return status, exchange.object_of(content)

    def _ask_bytes(
        self, method: str, path: str, body: bytes, headers: dict[str, str], components: Sequence[str]
    ) -> tuple[int, bytes]:
        request = exchange.request_of(
            method, self._url + path, body, {**headers, "User-Agent": f"milomobile/{self._app}"}
        )
        signing.sign(request, components, self._private_key, self._device, self._clock() + self._offset)
        status, headers_back, content = exchange.round_trip(self._http, request, body, self._stopped, self._patience)
        exchange.prove(status, headers_back, content, request, self._server_keys)
        if status in (429, 503):
            kind = exchange.object_of(content).get("type", "")
            raise errors.ServerBusy(f"{status} {kind}", exchange.asked_to_wait(headers_back))
        return status, content

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()


def enrol(
    url: str, code: str, *, device: str, private_key: bytes, ca: str | None, clock: Callable[[], int], label: str
) -> Enrolled:
    """Binds a laptop to the server whose key's fingerprint is in the code; stops where the key differs.

    Raises BadCode, WrongServer, NotAllowed where this key was revoked (the code is not used up), and what `send` raises.
    """
    read = signing.read_code(code)
    if read is None:
        raise errors.BadCode("form")
    secret, fingerprint = read
    public = signing.public_of(private_key)
    asked = {"code": secret, "device": device, "public_key": public.hex(), "label": label, "v": records.SCHEMA}
    body = json.dumps(asked).encode()
    http, offset = exchange.session(ca), 0
    try:
        for _ in range(2):
            request = exchange.request_of("POST", f"{url}/v1/enrol", body, {"Content-Type": "application/json"})
            signing.sign(request, signing.PLAIN, private_key, device, clock() + offset)
            status, headers, content = exchange.round_trip(http, request, body)
            try:
                keys = tuple(bytes.fromhex(key) for key in json.loads(content)["server_keys"])
            except (ValueError, KeyError, TypeError):
                raise exchange.stranger(status, headers, request) from None
            if fingerprint not in [signing.fingerprint(key) for key in keys]:
                raise errors.WrongServer("fingerprint")
            trusted = [key for key in keys if signing.fingerprint(key) == fingerprint]
            answer = exchange.believed(status, headers, content, request, trusted)
            if answer.get("type") != "/problems/clock":
                break
            offset = int(answer["now"]) - clock()
    finally:
        http.close()
    if status == 403 and answer.get("type") == "/problems/device-revoked":
        raise errors.NotAllowed("revoked key")
    if status == 403:
        raise errors.BadCode(str(answer.get("type")))
    if status == 409:
        raise errors.Fork(str(answer.get("type")))
    if status not in (200, 201):
        raise errors.ServerFault(f"{status} {answer.get('type')}")
    return Enrolled(answer["server_id"], keys, bytes.fromhex(answer["sealing_key"]), answer["history"])


def _pack(body: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=9).compress(body)
    if encoding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    return body


def _ack(status: int, answer: dict[str, Any]) -> Ack:
    kind = f"{status} {answer.get('type', '')}"
    if status == 200:
        try:
            return Ack.from_json(answer)
        except (KeyError, TypeError, ValueError) as wrong:
            raise errors.ServerFault(f"unreadable answer: {wrong}") from wrong
    if status == 401 and answer.get("type") == "/problems/clock":
        raise errors.WrongClock(kind)
    if status in (401, 403):
        raise errors.NotAllowed(kind)
    if status == 400 and answer.get("type") == "/problems/digest-mismatch":
        raise errors.Altered(kind)
    if status == 409:
        raise errors.Fork(kind)
    if status == 413:
        raise errors.TooLarge(kind, signed=True)
    if status == 426:
        raise errors.UpdateNeeded(kind)
    if 400 <= status < 500 and status not in exchange.RETRIES:
        raise errors.NotUnderstood(kind)
    raise errors.ServerFault(kind)
