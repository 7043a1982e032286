"""One round trip of HTTP: what was sent, what came back, and whether our server signed it for this very request."""

import io
import json
import ssl
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter

from sync import errors, signing

RETRIES = frozenset({408, 425, 500, 502, 504})
PATIENCE = (6.0, 20.0)
_MOST = 1 << 20
"""So much of an answer is read."""


def session(ca: str | None) -> requests.Session:
    """Connections that trust what the system trusts, and one certificate beside it. Raises BadCertificate."""
    http = requests.Session()
    http.mount("https://", _Trust(ca))
    return http


def request_of(method: str, url: str, body: bytes, headers: dict[str, str]) -> signing.Request:
    """A request ready to be signed, under a new id."""
    fixed = {"Accept-Encoding": "identity", "Content-Digest": signing.content_digest(body)}
    return signing.Request(method, url, {**headers, **fixed, "Sync-Request": str(uuid.uuid4())})


def round_trip(
    http: requests.Session,
    request: signing.Request,
    body: bytes,
    stopped: Callable[[], bool] = lambda: False,
    patience: tuple[float, float] = PATIENCE,
) -> tuple[int, dict[str, str], bytes]:
    """One round trip. The body goes as a file, so that each block has its own timeout (sync.md, pitfall 12).

    `patience` is seconds until connected, and until the next bytes come; the answer is read to its end or until `stopped`.
    """
    headers = {**request.headers, "Content-Length": str(len(body))} if body else request.headers
    try:
        with http.request(
            request.method,
            request.url,
            data=io.BytesIO(body) if body else None,
            headers=headers,
            timeout=patience,
            allow_redirects=False,
            stream=True,
        ) as answer:
            content, received = _content(answer.raw, stopped), signing.plain_headers(answer.headers)
            if _cut(answer.status_code, received, content):
                raise errors.Offline("the answer was cut")
            return answer.status_code, received, content
    except requests.exceptions.SSLError as wrong:
        dated = any(sign in str(wrong).lower() for sign in ("not yet valid", "expired"))
        raise (errors.CertificateDates if dated else errors.CertificateRefused)(str(wrong)) from wrong
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


def _content(raw: Any, stopped: Callable[[], bool]) -> bytes:
    """As many bytes as come at once, again and again: who stops it waits for no more of them."""
    parts: list[bytes] = []
    left = _MOST
    while left and (part := raw.read1(min(left, 1 << 16), decode_content=False)):
        if stopped():
            raise errors.Offline("stopped")
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _cut(status: int, headers: dict[str, str], content: bytes) -> bool:
    """Whether the connection ended inside the answer: in its body, or in its head, which `http.client` lets pass."""
    if 300 <= status < 400:
        return False  # requests has read the body of a redirection already
    length = headers.get("content-length", "")
    if length.isdigit():
        return len(content) < min(int(length), _MOST)
    return status == 200 and not content and "transfer-encoding" not in headers


def believed(
    status: int, headers: dict[str, str], content: bytes, request: signing.Request, keys: Sequence[bytes]
) -> dict[str, Any]:
    """The answer's object if one of our server's keys signed it for this very request; else the reason not to."""
    prove(status, headers, content, request, keys)
    return object_of(content)


def prove(
    status: int, headers: dict[str, str], content: bytes, request: signing.Request, keys: Sequence[bytes]
) -> None:
    """Raises the reason not to believe an answer that none of these keys signed for this very request."""
    answer = signing.Answer(status, headers, request)
    for key in keys:
        try:
            signing.verify(answer, signing.ANSWER, key, content)
        except signing.BadSignature:
            continue
        return
    raise stranger(status, headers, request)


def object_of(content: bytes) -> dict[str, Any]:
    """The object in a body that was proven; an empty one where it is another thing."""
    found = json.loads(content)
    return found if isinstance(found, dict) else {}


def stranger(status: int, headers: Mapping[str, str], request: signing.Request) -> errors.SyncError:
    """What an answer means that none of our server's keys signed."""
    said = f"unsigned {status}"
    if status == 407:
        return errors.ProxyAsks(said)
    if status == 413:
        return errors.TooLarge(said)
    if status in (429, 503):
        return errors.ServerBusy(said, asked_to_wait(headers))
    if status in RETRIES:
        return errors.ServerFault(said)
    if "signature-input" in headers and status == 200:
        return errors.WrongServer("signed by another key")
    return errors.Portal(said, headers.get("location") or request.url.split("/v1/")[0])


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
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
