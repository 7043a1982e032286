"""The answers that are no answer (RFC 9457): a closed list, so that nothing of a request or of a row is ever repeated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A status, a title and what helps whoever reads it; in English, for laptops say it in their own words."""

    status: int
    title: str
    detail: str


KINDS = {
    "no-length": Kind(411, "the length of the body is needed", "Send Content-Length; a chunked body is not read."),
    "too-large": Kind(413, "the body is too large", "Send fewer lines: 8 MB as sent, 64 MB unpacked."),
    "too-many-lines": Kind(413, "the batch has too many lines", "Send 5000 lines at most."),
    "encoding": Kind(415, "the encoding is not known here", "Content-Encoding is zstd, gzip or identity."),
    "digest-mismatch": Kind(400, "the body was altered on its way", "It does not fit Content-Digest or its encoding."),
    "head-too-large": Kind(431, "the head is too large", "Send 64 headers and 16 kB at most."),
    "too-often": Kind(429, "too many tries", "Come back after Retry-After."),
    "no-http": Kind(400, "this is no request of HTTP/1.1", "A proxy on the way may have altered it."),
    "unreadable": Kind(400, "the request cannot be read", "A JSON object with code, device and public_key is wanted."),
    "bad-signature": Kind(401, "the signature does not fit", "It must cover the listed components with the known key."),
    "clock": Kind(401, "the clocks differ by more than 300 seconds", "Sign again, by the clock of « now »."),
    "unknown-device": Kind(401, "this laptop is not enrolled here", "Enrol it with a code of the office."),
    "device-revoked": Kind(403, "this laptop was revoked", "The office may invite it again, under a new key."),
    "bad-code": Kind(403, "the code is wrong, used or expired", "Ask the office for another one."),
    "bad-token": Kind(401, "the token is wrong or revoked", "Send Authorization: Bearer, with a token of the office."),
    "unknown-feed": Kind(404, "there is no such feed", "The names are in the OpenAPI document."),
    "unknown-release": Kind(404, "there is no such release", "None was added, or another one took its place."),
    "unknown-path": Kind(404, "there is no such path", "The paths are in the OpenAPI document."),
    "unknown-method": Kind(405, "this path has no such method", "The methods are in Allow."),
    "device-known": Kind(
        409, "another key holds this id", "A laptop keeps its key until it is revoked; a new one takes a new id."
    ),
    "device-fork": Kind(409, "another history", "This laptop was copied or brought back to an older state."),
    "cursor-invalid": Kind(409, "the feed is another one", "Read it again from its beginning: an empty cursor."),
    "no-lines": Kind(422, "the batch has no lines", "Each line ends with a line feed."),
    "bad-range": Kind(
        422, "the range does not fit the lines", "Sync-Range counts the lines; Sync-Expect goes with it."
    ),
    "bad-period": Kind(422, "the period does not fit", "« from » and « to » are dates, 366 days apart at most."),
    "bad-limit": Kind(422, "the limit does not fit", "From 1 to 5000."),
    "fault": Kind(500, "the server failed", "The same request may be sent again; the server's log says more."),
    "unavailable": Kind(503, "the server cannot answer now", "The same request may be sent again, after Retry-After."),
}
RETRY_SECONDS = 30


class Problem(Exception):
    """Ends a request with an answer under one of the names of KINDS."""

    def __init__(self, name: str, **headers: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, KINDS[name]
        self.headers: Mapping[str, str] = headers
        if self.kind.status == 503:
            self.headers = {"Retry-After": str(RETRY_SECONDS), **headers}

    def told(self, now: int, public_key: bytes) -> dict[str, Any]:
        """The object that is answered; `now` is the server's clock in milliseconds."""
        return {
            "type": f"/problems/{self.name}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.kind.detail,
            "now": now,
            "server_keys": [public_key.hex()],
        }
