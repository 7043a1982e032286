"""A file inside an encrypted ZIP (AES-256), which common programs open with its password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from milomobile.reports.archive import ended


@contextmanager
def entry(file: BinaryIO, name: str, password: str) -> Iterator[BinaryIO]:
    """The only entry of a new ZIP, to write to. What is written goes through the cipher only."""
    import pyzipper

    made = pyzipper.AESZipFile(
        file, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES, strict_timestamps=False
    )
    with ended(made) as archive:
        archive.setpassword(password.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        with archive.open(name, "w", force_zip64=True) as raw:
            yield raw
