"""What a request must be before anything of it is believed: bounded, whole, signed by a laptop enrolled here."""

import hmac
import re
import zlib

import zstandard
from starlette.requests import Request

from sync import signing
from sync.server import devices
from sync.server.problems import Problem
from sync.server.store import Store

PACKED, UNPACKED = 8 << 20, 64 << 20
LINES = 5000
DEVICE = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


async def body(request: Request) -> bytes:
    """The whole body; raises Problem where it is too large or of unknown length."""
    if "transfer-encoding" in request.headers:
        raise Problem("no-length")
    if int(request.headers.get("content-length", "0")) > PACKED:
        raise Problem("too-large")
    return await request.body()


def prove(request: Request, components: tuple[str, ...], public_key: bytes, content: bytes, now: int) -> None:
    """Raises Problem unless the key signed this request with this body within the window."""
    told = request.headers.get("content-digest", "").encode("latin-1")
    if not hmac.compare_digest(told, signing.content_digest(content).encode()):
        raise Problem("digest-mismatch")
    try:
        signed = signing.verify(as_signed(request), components, public_key, content)
    except signing.BadSignature:
        raise Problem("bad-signature") from None
    if abs(signed.timestamp() - now / 1000) > signing.WINDOW:
        raise Problem("clock")


def as_signed(request: Request) -> signing.Request:
    """The request with its path as it came; the host is nobody's business behind a proxy."""
    scope = request.scope
    query = scope["query_string"].decode("latin-1")
    path = scope["raw_path"].decode("latin-1")
    url = f"http://server{path}?{query}" if query else f"http://server{path}"
    return signing.Request(request.method, url, signing.plain_headers(request.headers))


def known(store: Store, device: str) -> bytes:
    """The public key of an enrolled laptop; raises Problem."""
    if not re.fullmatch(DEVICE, device):
        raise Problem("unknown-device")
    with store.read() as session:
        found = devices.get(session, device)
    if found is None:
        raise Problem("unknown-device")
    if found.revoked is not None:
        raise Problem("device-revoked")
    return bytes(found.public_key)


def lines(content: bytes, encoding: str) -> tuple[bytes, ...]:
    """The lines of a batch, counted before they are parted: a line feed costs nothing to send."""
    plain = unpack(content, encoding)
    count = plain.count(b"\n")
    if not 0 < count <= LINES:
        raise Problem("too-many-lines" if count else "no-lines")
    return tuple(plain.split(b"\n")[:-1])


def unpack(content: bytes, encoding: str) -> bytes:
    """The lines, bounded before they are unpacked: a small body may hide a huge one."""
    try:
        if encoding == "identity":
            return content
        if encoding == "gzip":
            unpacker = zlib.decompressobj(wbits=31)
            plain = unpacker.decompress(content, UNPACKED)
            if unpacker.unconsumed_tail:
                raise Problem("too-large")
            return plain
        if encoding == "zstd":
            with zstandard.ZstdDecompressor().stream_reader(content) as reader:
                plain = reader.read(UNPACKED + 1)
            if len(plain) > UNPACKED:
                raise Problem("too-large")
            return plain
    except (zlib.error, zstandard.ZstdError):
        raise Problem("digest-mismatch") from None
    raise Problem("encoding")
