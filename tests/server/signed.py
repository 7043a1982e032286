"""Signs whatever request is about to leave, as an enrolled laptop would: over the bytes as they go."""

import gzip
import json
import secrets
import uuid

import zstandard
from requests import PreparedRequest
from requests.auth import AuthBase

from sync import signing
from tests.faults.office import milliseconds

NOTHING_SEEN = f"hwm=0; chain={'0' * 64}"


class Signed(AuthBase):
    """An enrolled laptop. A batch is packed as its headers say; `fitting` also makes its range that of its lines."""

    def __init__(self, device: str, key: bytes, fitting: bool) -> None:
        self._device, self._key, self._fitting = device, key, fitting

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        body = request.body or b""
        assert request.method and request.url and not hasattr(body, "read")
        body = body.encode() if isinstance(body, str) else bytes(body)
        components = signing.PLAIN
        if request.url.partition("?")[0].endswith("/changes"):
            components = signing.PUSH
            if self._fitting:
                count = body.count(b"\n")
                request.headers["Sync-Range"] = f"e={secrets.randbits(32):08x}; 1-{count}"
                request.headers["Sync-Expect"] = NOTHING_SEEN
            body = _packed(body, request.headers.get("Content-Encoding", ""))
        request.prepare_body(body, None)
        for name in ("Content-Digest", "Sync-Request", "Signature", "Signature-Input"):
            request.headers.pop(name, None)
        request.headers["Content-Digest"] = signing.content_digest(body)
        request.headers["Sync-Request"] = str(uuid.uuid4())
        seen = signing.Request(request.method, request.url, signing.plain_headers(request.headers))
        try:
            signing.sign(seen, components, self._key, self._device, milliseconds())
        except signing.Unsignable:
            return request
        request.headers["Signature"] = seen.headers["Signature"]
        request.headers["Signature-Input"] = seen.headers["Signature-Input"]
        return request


def lines(value: object) -> bytes:
    """The lines of a batch that was made up, right or wrong."""
    made = value if isinstance(value, list) else [value]
    return b"".join(json.dumps(one).encode() + b"\n" for one in made)


def _packed(body: bytes, encoding: str) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdCompressor().compress(body)
    return gzip.compress(body) if encoding == "gzip" else body
