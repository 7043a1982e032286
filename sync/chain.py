"""The running hash over a device's records, kept by both sides."""

import hashlib


def start(device: str, epoch: str) -> bytes:
    """The hash before the first record."""
    return hashlib.sha256(f"{device}{epoch}".encode()).digest()


def digest(line: bytes) -> bytes:
    """SHA-256 of a record's bytes."""
    return hashlib.sha256(line).digest()


def step(chain: bytes, line_digest: bytes) -> bytes:
    """The hash after one more record."""
    return hashlib.sha256(chain + line_digest).digest()
