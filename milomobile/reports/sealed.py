"""A text file inside an encrypted ZIP (AES-256), which common programs open with its password."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO, TextIO


@contextmanager
def entry(file: BinaryIO, name: str, password: str) -> Iterator[TextIO]:
    """The only entry of a new ZIP, to write text to; closes `file`. What is written goes through the cipher only."""
    import pyzipper

    with (
        file,
        pyzipper.AESZipFile(file, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive,
    ):
        archive.setpassword(password.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        with archive.open(name, "w") as raw, TextIOWrapper(raw, encoding="utf-8", newline="") as text:
            yield text
