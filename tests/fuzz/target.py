"""A reader of what strangers wrote, and what it is tried with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Target:
    """`read` takes bytes and gives a value, or raises one of `told`; `bombs` are read as they are, first."""

    corpus: list[bytes]
    read: Callable[[bytes], object]
    told: tuple[type[Exception], ...] = ()
    bombs: tuple[bytes, ...] = ()
    close: Callable[[], object] = lambda: None


def from_file(folder: Path, name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    file = folder / name

    def run(content: bytes) -> object:
        file.write_bytes(content)
        return read(file)

    return run
