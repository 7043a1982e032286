"""The laptop's end of the wire: one request at a time, and a closed list of what can come back."""

import gzip
import io
import ipaddress
import json
import ssl
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
import truststore
import zstandard
from requests.adapters import HTTPAdapter

from sync import errors, records, signing
from sync.push import Position
from sync.records import Ack, Batch

_TIMEOUTS = (6.0, 20.0)
_MOST = 1 << 20
"""So much of an answer is read."""
_RETRIES = frozenset({408, 425, 500, 502, 504})


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


class _Trust(HTTPAdapter):
    """The system's trust store, and one certificate beside it."""

    def __init__(self, ca: str | None) -> None:
        self._context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if ca is not None:
            try:
                self._context.load_verify_locations(cadata=ca)
            except (ssl.SSLError, ValueError) as wrong:
                raise errors.BadCertificate(str(wrong)) from wrong
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Every connection checks certificates through our context."""
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leaves the context as it is: `requests` would put its own bundle in."""


class Client:
    """Speaks for one laptop to one server; `server_keys` are the only ones believed, `clock` gives milliseconds."""

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
    ) -> None:
        self._url, self._device, self._private_key = url, device, private_key
        self._server_keys, self._clock, self._app = tuple(server_keys), clock, app
        self._offset, self._encoding, self.packed = 0, "zstd", 0.25
        self._http = _session(ca)

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

    def _get(self, path: str) -> tuple[int, dict[str, Any]]:
        for _ in range(2):
            status, answer = self._ask("GET", path, b"", {}, signing.PLAIN)
            if not (status == 401 and answer.get("type") == "/problems/clock" and "now" in answer and not self._offset):
                break
            self._offset = int(answer["now"]) - self._clock()
        return status, answer

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], components: Sequence[str]
    ) -> tuple[int, dict[str, Any]]:
        request = _request(method, self._url + path, body, {**headers, "User-Agent": f"milomobile/{self._app}"})
        signing.sign(request, components, self._private_key, self._device, self._clock() + self._offset)
        status, headers_back, content = _exchange(self._http, request, body)
        answer = _believed(status, headers_back, content, request, self._server_keys)
        if status in (429, 503):
            raise errors.ServerBusy(f"{status} {answer.get('type', '')}", _asked_to_wait(headers_back))
        return status, answer

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()


def enrol(
    url: str, code: str, *, device: str, private_key: bytes, ca: str | None, clock: Callable[[], int], label: str
) -> Enrolled:
    """Binds a laptop to the server whose key's fingerprint is in the code; stops where the key differs.

    Raises BadCode, WrongServer, NotAllowed and what `send` raises.
    """
    read = signing.read_code(code)
    if read is None:
        raise errors.BadCode("form")
    secret, fingerprint = read
    public = signing.public_of(private_key)
    asked = {"code": secret, "device": device, "public_key": public.hex(), "label": label, "v": records.SCHEMA}
    body = json.dumps(asked).encode()
    http, offset = _session(ca), 0
    try:
        for _ in range(2):
            request = _request("POST", f"{url}/v1/enrol", body, {"Content-Type": "application/json"})
            signing.sign(request, signing.PLAIN, private_key, device, clock() + offset)
            status, headers, content = _exchange(http, request, body)
            try:
                keys = tuple(bytes.fromhex(key) for key in json.loads(content)["server_keys"])
            except (ValueError, KeyError, TypeError):
                raise _stranger(status, headers, request) from None
            if fingerprint not in [signing.fingerprint(key) for key in keys]:
                raise errors.WrongServer("fingerprint")
            trusted = [key for key in keys if signing.fingerprint(key) == fingerprint]
            answer = _believed(status, headers, content, request, trusted)
            if answer.get("type") != "/problems/clock":
                break
            offset = int(answer["now"]) - clock()
    finally:
        http.close()
    if status == 403:
        raise errors.BadCode(str(answer.get("type")))
    if status == 409:
        raise errors.Fork(str(answer.get("type")))
    if status not in (200, 201):
        raise errors.ServerFault(f"{status} {answer.get('type')}")
    return Enrolled(answer["server_id"], keys, bytes.fromhex(answer["sealing_key"]), answer["history"])


def _session(ca: str | None) -> requests.Session:
    http = requests.Session()
    http.mount("https://", _Trust(ca))
    return http


def _pack(body: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=9).compress(body)
    if encoding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    return body


def _request(method: str, url: str, body: bytes, headers: dict[str, str]) -> signing.Request:
    fixed = {"Accept-Encoding": "identity", "Content-Digest": signing.content_digest(body)}
    return signing.Request(method, url, {**headers, **fixed, "Sync-Request": str(uuid.uuid4())})


def _exchange(http: requests.Session, request: signing.Request, body: bytes) -> tuple[int, dict[str, str], bytes]:
    """One round trip. The body goes as a file, so that each block has its own timeout (sync.md, pitfall 12)."""
    headers = {**request.headers, "Content-Length": str(len(body))} if body else request.headers
    try:
        with http.request(
            request.method,
            request.url,
            data=io.BytesIO(body) if body else None,
            headers=headers,
            timeout=_TIMEOUTS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            content, received = answer.raw.read(_MOST, decode_content=False), signing.plain_headers(answer.headers)
            if _cut(answer.status_code, received, content):
                raise errors.Offline("the answer was cut")
            return answer.status_code, received, content
    except requests.exceptions.SSLError as wrong:
        raise errors.CertificateRefused(str(wrong)) from wrong
    except requests.exceptions.ProxyError as wrong:
        asks = "Tunnel connection failed: 407" in str(wrong)
        raise (errors.ProxyAsks if asks else errors.Offline)(str(wrong)) from wrong
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as wrong:
        raise errors.BadAddress(str(wrong)) from wrong
    except (requests.exceptions.RequestException, OSError) as wrong:
        raise errors.Offline(str(wrong)) from wrong
    except Exception as wrong:
        if type(wrong).__module__.startswith("urllib3"):
            raise errors.Offline(str(wrong)) from wrong
        raise


def _cut(status: int, headers: dict[str, str], content: bytes) -> bool:
    """Whether the connection ended inside the answer: in its body, or in its head, which `http.client` lets pass."""
    if 300 <= status < 400:
        return False  # requests has read the body of a redirection already
    length = headers.get("content-length", "")
    if length.isdigit():
        return len(content) < min(int(length), _MOST)
    return status == 200 and not content and "transfer-encoding" not in headers


def _believed(
    status: int, headers: dict[str, str], content: bytes, request: signing.Request, keys: Sequence[bytes]
) -> dict[str, Any]:
    """The answer's object if one of our server's keys signed it for this very request; else the reason not to."""
    answer = signing.Answer(status, headers, request)
    for key in keys:
        try:
            signing.verify(answer, signing.ANSWER, key, content)
        except signing.BadSignature:
            continue
        found = json.loads(content)
        return found if isinstance(found, dict) else {}
    raise _stranger(status, headers, request)


def _stranger(status: int, headers: Mapping[str, str], request: signing.Request) -> errors.SyncError:
    """What an answer means that none of our server's keys signed."""
    said = f"unsigned {status}"
    if status == 407:
        return errors.ProxyAsks(said)
    if status == 413:
        return errors.TooLarge(said)
    if status in (429, 503):
        return errors.ServerBusy(said, _asked_to_wait(headers))
    if status in _RETRIES:
        return errors.ServerFault(said)
    if "signature-input" in headers and status == 200:
        return errors.WrongServer("signed by another key")
    return errors.Portal(said, headers.get("location") or request.url.split("/v1/")[0])


def _asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds of Retry-After, given as such or as a moment, which counts from the answer's own date."""
    waits = headers.get("retry-after", "").strip()
    if waits.isascii() and waits.isdigit():
        return float(waits)
    try:
        until = parsedate_to_datetime(waits)
        since = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        return max(0.0, (until - since).total_seconds())
    except (TypeError, ValueError):
        return None


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
    if 400 <= status < 500 and status not in _RETRIES:
        raise errors.NotUnderstood(kind)
    raise errors.ServerFault(kind)
