"""A publisher with keys of its own, who signs programs made of any bytes."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from installer import release
from milomobile import paths

PASSWORD = b"Un-mot-2-passe-long"
NEWER = "9.1.0"
SIZE = 1_000_000
ENDS = {"windows": "MiloMobile-{}-setup.exe", "linux": "milomobile_{}_amd64.deb"}


def program(version: str, system: str = "linux") -> bytes:
    """The same bytes for the same version and system."""
    return random.Random(f"{version} {system}").randbytes(SIZE)


class Publisher:
    """`folder` gets its keys, its public half and what it signs; each signing is a second later than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys, self.public = folder, folder / "keys", folder / "public"
        release.new_keys(self.keys, PASSWORD, self.public)
        self._now = datetime.now(UTC) - timedelta(hours=1)

    @property
    def root(self) -> bytes:
        """What a program built with the first key believes by."""
        return (self.public / "1.root.json").read_bytes()

    def sign(self, version: str = NEWER, *, aged: timedelta = timedelta(), systems: str = "windows linux") -> Path:
        """A release's file; `aged` is how long ago it was signed."""
        self._now += timedelta(seconds=1)
        setups = [self.folder / ENDS[system].format(version) for system in systems.split()]
        for setup, system in zip(setups, systems.split(), strict=True):
            setup.write_bytes(program(version, system))
        out = self.folder / f"{self._now:%H%M%S}"
        return release.sign(self.keys, PASSWORD, setups, out, self.public, self._now - aged)

    def rotate(self, *, whole: bool = False) -> None:
        """Another release key, and with `whole` another root."""
        release.rotate(self.keys, PASSWORD, self.public, whole=whole)


def publisher_of(folder: Path, set_attribute: Callable[[object, str, object], None]) -> Publisher:
    """A publisher whose first root this program was built with."""
    folder.mkdir()
    made = Publisher(folder)
    built_with = folder / "built-with"
    built_with.mkdir()
    (built_with / "1.root.json").write_bytes(made.root)
    set_attribute(paths, "RELEASE", built_with)
    return made


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    return publisher_of(tmp_path / "publisher", monkeypatch.setattr)
