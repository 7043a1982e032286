"""A ZIP that is written to its end, or let go where that does not work: never ended a second time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from zipfile import ZipFile

Zip = TypeVar("Zip", bound=ZipFile)


@contextmanager
def ended(archive: Zip) -> Iterator[Zip]:
    """The archive, closed at the end; after a failure what it wrote is worth nothing, and the failure is what is told."""
    try:
        yield archive
        archive.close()
    except BaseException:
        archive.fp = None
        raise
