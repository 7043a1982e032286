"""Signatures both ways: Ed25519 over RFC 9421 components and RFC 9530 digests; and the enrolment code."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

WINDOW = 300
"""Seconds between a request's signature and its arrival that a server allows."""
PUSH = ("@method", "@path", "@query", "content-digest", "content-encoding", "sync-request", "sync-range", "sync-expect")
PLAIN = ("@method", "@path", "@query", "content-digest", "sync-request")
ANSWER = (
    "@status",
    "content-digest",
    '"content-digest";req',
    '"sync-request";req',
    '"@path";req',
)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALWAYS = timedelta(days=200_000)


Unsignable = HTTPMessageSignaturesException


class BadSignature(Exception):
    """The message is not signed by that key, or its body is another one."""


@dataclass
class Request:
    """A request as far as a signature sees it."""

    method: str
    url: str
    headers: MutableMapping[str, str]


@dataclass
class Answer:
    """An answer, with the request it answers."""

    status_code: int
    headers: MutableMapping[str, str]
    request: Request
    url: str = field(default="")


class _Key(HTTPSignatureKeyResolver):
    def __init__(self, private: bytes | None, public: bytes | None) -> None:
        self._private, self._public = private, public

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._private or b"")

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self._public or b"")


def content_digest(body: bytes) -> str:
    """The value of Content-Digest (RFC 9530) for the bytes as sent."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def sign(message: Request | Answer, components: Sequence[str], private_key: bytes, key_id: str, now_ms: int) -> None:
    """Adds Signature and Signature-Input to the message's headers; raises Unsignable where a component is missing."""
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Key(private_key, None))
    signer.sign(
        message,
        key_id=key_id,
        created=datetime.fromtimestamp(now_ms / 1000, UTC),
        label="s",
        covered_component_ids=components,
        use_existing_digest=True,
    )


def verify(message: Request | Answer, components: Sequence[str], public_key: bytes, body: bytes) -> datetime:
    """When the message was signed. Raises BadSignature where the key, a component or the body does not fit.

    The age is the caller's to judge: a laptop's clock may be years off.
    """
    told = message.headers.get("content-digest") or ""
    if not hmac.compare_digest(told.encode(errors="replace"), content_digest(body).encode()):
        raise BadSignature("the body is not the one that was signed")
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=_Key(None, public_key))
    verifier.max_clock_skew = _ALWAYS
    try:
        results = verifier.verify(message, max_age=None, require_components=components)
        return datetime.fromtimestamp(int(results[0].parameters["created"]), UTC)
    except (
        HTTPMessageSignaturesException,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        OverflowError,
        OSError,
    ) as wrong:
        raise BadSignature(str(wrong)) from wrong


def key_id(headers: Mapping[str, str]) -> str:
    """The keyid that a Signature-Input names, unproven; "" where there is none."""
    text = headers.get("signature-input", "")
    return text.partition('keyid="')[2].partition('"')[0]


def fingerprint(public_key: bytes) -> str:
    """Eight characters of Crockford's base32 of the key's SHA-256 (40 bits)."""
    number = int.from_bytes(hashlib.sha256(public_key).digest()[:5])
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(8)))


def new_code(public_key: bytes) -> str:
    """A one-time enrolment code: 8 random characters, 8 of the server key's fingerprint, in groups of 4."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(8)) + fingerprint(public_key)
    return "-".join(code[place : place + 4] for place in range(0, 16, 4))


def read_code(typed: str) -> tuple[str, str] | None:
    """(secret, fingerprint) of a code as typed, forgivingly (O is 0, I and L are 1); None where it is none."""
    code = "".join(c for c in typed.upper().translate(str.maketrans("OIL", "011")) if c.isalnum())
    return (code[:8], code[8:]) if len(code) == 16 and all(c in _LETTERS for c in code) else None


def new_private() -> bytes:
    """A private Ed25519 key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private_key: bytes) -> bytes:
    """The raw public key of a raw private one."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def secret_digest(secret: str) -> str:
    """What a server keeps of a code's secret."""
    return hashlib.sha256(f"milomobile enrol {secret}".encode()).hexdigest()


def plain_headers(headers: Mapping[str, Any]) -> dict[str, str]:
    """Header names in lower case."""
    return {str(name).lower(): str(value) for name, value in headers.items()}
