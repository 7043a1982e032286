"""What travels, and how it looks on the wire; laptop and server both read this."""

import base64
import hashlib
import json
import re
import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

SCHEMA = 1
BACKUP_DUE = 7 * 24 * 3600 * 1000
"""So long (milliseconds) a server may go without a verified backup before it is said."""
ENTITIES = ("person", "encounter", "outing", "stop", "place", "appointment", "referral", "reserved")
VERDICTS = ("taken", "already", "refused", "gone")
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"milomobile reserved 1 "


@dataclass(frozen=True)
class Batch:
    """A gapless run of lines: the first has number `first`, the next one more."""

    first: int
    lines: tuple[bytes, ...]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True)
class Result:
    """The verdict on one record that was not simply taken; `detail` is a French sentence."""

    seq: int
    id: str
    verdict: str
    type: str = ""
    detail: str = ""
    pointer: str | None = None


@dataclass(frozen=True)
class Ack:
    """What a server signs: the ranges it keeps, how far they are gapless, the chain there, and the exceptions.

    `chain` is hexadecimal, `now` milliseconds since 1970. `feeds` says where each feed ends, so that a laptop asks only
    for those that went on. `backed_up` is when the newest verified backup was made, or the server itself where there is
    none yet; None from a server that does not tell.
    """

    server: str
    history: str
    stored: tuple[tuple[int, int], ...]
    hwm: int
    chain: str
    durable_through: int
    now: int
    results: tuple[Result, ...] = field(default=())
    feeds: Mapping[str, str] = field(default_factory=dict)
    backed_up: int | None = None

    def to_json(self) -> dict[str, Any]:
        """A plain object."""
        return asdict(self)

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> "Ack":
        """From a plain object; raises KeyError, TypeError or ValueError where it is none."""
        return cls(
            server=str(answer["server"]),
            history=str(answer["history"]),
            stored=tuple((int(first), int(last)) for first, last in answer["stored"]),
            hwm=int(answer["hwm"]),
            chain=str(answer["chain"]),
            durable_through=int(answer["durable_through"]),
            now=int(answer["now"]),
            results=tuple(Result(**result) for result in answer["results"]),
            feeds={str(name): str(cursor) for name, cursor in answer.get("feeds", {}).items()},
            backed_up=None if answer.get("backed_up") is None else int(answer["backed_up"]),
        )


def uuid7(ms: int | None = None) -> str:
    """A UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then chance."""
    moment = round(time.time() * 1000) if ms is None else ms
    chance = secrets.randbits(74)
    number = (moment & (1 << 48) - 1) << 80 | 7 << 76 | chance >> 62 << 64 | 2 << 62 | chance & (1 << 62) - 1
    return str(uuid.UUID(int=number))


def tick(last: str, now_ms: int) -> str:
    """The next hybrid logical clock: 12 hex digits of milliseconds, 4 of a counter; always above `last`."""
    value = max(int(last, 16) + 1 if last else 0, now_ms << 16)
    return f"{value:016x}"


def line(*, id: str, hlc: str, entity: str, entity_id: str, op: str, v: int, set: Mapping[str, Any] | str) -> bytes:
    """One record as the bytes that travel: compact JSON, UTF-8, one line, keys in this order."""
    record = {"id": id, "hlc": hlc, "entity": entity, "entity_id": entity_id, "op": op, "v": v, "set": set}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def hollow(digest: bytes) -> bytes:
    """What travels in place of a line that was emptied: its digest alone, so that the chain goes on over it."""
    return b'{"gone":"%s"}' % digest.hex().encode()


def digest(line: bytes) -> tuple[bytes, bool]:
    """(digest of a line, whether it is hollow)."""
    found = _HOLLOW.fullmatch(line)
    return (bytes.fromhex(found[1].decode()), True) if found else (hashlib.sha256(line).digest(), False)


_HOLLOW = re.compile(rb'{"gone":"([0-9a-f]{64})"}')


def seal(server_public: bytes, person_id: str, criteria: Mapping[str, str]) -> str:
    """Protected criteria sealed to the server's X25519 key (HPKE, RFC 9180), bound to the person; base64."""
    text = json.dumps(dict(criteria), separators=(",", ":")).encode()
    return base64.b64encode(seal_bytes(server_public, text, _INFO + person_id.encode())).decode()


def unseal(server_private: bytes, person_id: str, sealed: str) -> dict[str, str]:
    """Opens what `seal` closed; raises `cryptography.exceptions.InvalidTag` for another key or person."""
    plain = unseal_bytes(server_private, base64.b64decode(sealed), _INFO + person_id.encode())
    opened: dict[str, str] = json.loads(plain)
    return opened


def seal_bytes(server_public: bytes, plain: bytes, info: bytes) -> bytes:
    """HPKE (RFC 9180) to a raw X25519 key: X25519, HKDF-SHA256, AES-256-GCM."""
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(server_public), info)


def unseal_bytes(server_private: bytes, sealed: bytes, info: bytes) -> bytes:
    """Opens what `seal_bytes` closed; raises InvalidTag."""
    return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(server_private), info)
