"""What waits, in one file for a USB key: the same lines, sealed to the server and signed by the laptop; and its receipt."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync import records
from sync.push import Position
from sync.records import Ack, Batch

_BUNDLE, _RECEIPT = "milomobile bundle 1", "milomobile receipt 1"
MOST = 64 << 20
"""Unpacked bytes that a bundle may hold."""
_LINES = 1_000_000


class NotABundle(Exception):
    """The file is no bundle or receipt, is damaged, or is not signed by whom it names."""


class ForAnother(NotABundle):
    """A receipt of this server, for another laptop."""


class NotAReceipt(NotABundle):
    """A bundle where its receipt was wanted."""


@dataclass(frozen=True)
class Opened:
    """A bundle whose signature was checked; `digest` (hexadecimal) names it in its receipt."""

    device: str
    epoch: str
    expect: tuple[int, str]
    digest: str
    batches: tuple[Batch, ...]


def pack(position: Position, batches: Sequence[Batch], sealing_public: bytes, signing_private: bytes) -> str:
    """The text of a bundle: lines packed, sealed (HPKE, RFC 9180) to the server's key, signed (Ed25519)."""
    parts = [b"%d %d\n%s\n" % (batch.first, len(batch.lines), b"\n".join(batch.lines)) for batch in batches]
    packed = zstandard.ZstdCompressor(level=9).compress(b"".join(parts))
    sealed = records.seal_bytes(sealing_public, packed, _BUNDLE.encode() + position.device.encode())
    named = {"device": position.device, "epoch": position.epoch, "hwm": position.hwm, "chain": position.chain}
    return _signed(_BUNDLE, {**named, "sealed": base64.b64encode(sealed).decode()}, signing_private)


def device_of(text: str) -> str:
    """Whose bundle it says to be, unproven; raises NotABundle."""
    return str(_read(_BUNDLE, text)[0]["device"])


def unpack(text: str, laptop_public: bytes, sealing_private: bytes) -> Opened:
    """The batches of a bundle; raises NotABundle where it is not signed by that laptop or sealed to another server."""
    named = _proven(_BUNDLE, text, [laptop_public])
    try:
        sealed = base64.b64decode(named["sealed"])
        packed = records.unseal_bytes(sealing_private, sealed, _BUNDLE.encode() + named["device"].encode())
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            plain = reader.read(MOST + 1)
        if len(plain) > MOST or plain.count(b"\n") > _LINES:
            raise NotABundle("too large")
        expect = (_number(named["hwm"]), str(named["chain"]))
        if not re.fullmatch("[0-9a-f]{64}", expect[1]) or not re.fullmatch("[0-9a-f]{8}", str(named["epoch"])):
            raise ValueError("no chain")
        digest = hashlib.sha256(text.encode()).hexdigest()
        return Opened(str(named["device"]), str(named["epoch"]), expect, digest, tuple(_batches(plain)))
    except (KeyError, TypeError, ValueError, OverflowError, InvalidTag, zstandard.ZstdError) as wrong:
        raise NotABundle(str(wrong)) from wrong


def receipt(opened: Opened, acks: Sequence[Ack], signing_private: bytes) -> str:
    """The text of a receipt: what the server signs for each batch of a bundle."""
    named = {"device": opened.device, "epoch": opened.epoch, "bundle": opened.digest}
    return _signed(_RECEIPT, {**named, "acks": [asdict(ack) for ack in acks]}, signing_private)


def is_receipt(text: str) -> bool:
    """Whether this is a receipt, of whatever server."""
    try:
        _read(_RECEIPT, text)
    except NotABundle:
        return False
    return True


def read_receipt(text: str, device: str, epoch: str, server_keys: Sequence[bytes]) -> tuple[Ack, ...]:
    """What the server signed; raises NotABundle (ForAnother, NotAReceipt) where it is not a receipt for this laptop."""
    named = _proven(_RECEIPT, text, server_keys)
    if (named.get("device"), named.get("epoch")) != (device, epoch):
        raise ForAnother("for another laptop")
    try:
        return tuple(Ack.from_json(ack) for ack in named["acks"])
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise NotABundle(str(wrong)) from wrong


def _batches(plain: bytes) -> list[Batch]:
    found, rest = [], plain.split(b"\n")[:-1]
    while rest:
        first, count = (_number(number) for number in rest[0].split(b" "))
        if first < 1 or not 0 < count < len(rest):
            raise ValueError("cut")
        found.append(Batch(first, tuple(rest[1 : count + 1])))
        rest = rest[count + 1 :]
    return found


def _number(said: Any) -> int:
    """What a database can count with; raises ValueError."""
    number = int(said)
    if not 0 <= number < 10**15:
        raise ValueError("no number of a line")
    return number


def _signed(kind: str, named: dict[str, Any], private: bytes) -> str:
    content = json.dumps(named, separators=(",", ":"))
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(f"{kind}\n{content}".encode())
    return json.dumps({"kind": kind, "content": content, "signature": signature.hex()}) + "\n"


def _read(kind: str, text: str) -> tuple[dict[str, Any], str, bytes]:
    try:
        outer = json.loads(text)
        content = str(outer["content"])
        content.encode()
        named = json.loads(content)
        if (outer["kind"], kind) == (_BUNDLE, _RECEIPT):
            raise NotAReceipt("a bundle")
        if outer["kind"] != kind or not isinstance(named, dict) or not isinstance(named.get("device"), str):
            raise ValueError("another kind of file")
        if not (named["device"].isascii() and named["device"].isprintable()):
            raise ValueError("no name of a laptop")
        return named, content, bytes.fromhex(outer["signature"])
    except (KeyError, TypeError, ValueError, RecursionError) as wrong:
        raise NotABundle(str(wrong)) from wrong


def _proven(kind: str, text: str, keys: Sequence[bytes]) -> dict[str, Any]:
    named, content, signature = _read(kind, text)
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, f"{kind}\n{content}".encode())
            return named
        except InvalidSignature:
            continue
    raise NotABundle("the signature does not fit")
