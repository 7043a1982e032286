"""Signed releases of the laptop's program (The Update Framework): what is believed of one, and the file that carries it."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from securesystemslib.exceptions import StorageError
from tuf.api import exceptions
from tuf.api.metadata import Metadata, TargetFile, Timestamp
from tuf.ngclient import FetcherInterface, Updater

from sync.errors import SyncError

PIECE = 128 << 10
"""Bytes asked for at once: on a slow link some seconds, and no more is lost when it breaks."""
SYSTEMS = ("windows", "linux", "macos")
METADATA = r"([1-9][0-9]{0,10}\.)?(root|timestamp|snapshot|targets)\.json"
DIGEST = r"[0-9a-f]{64}"
VERSION = r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}"
SUFFIX = ".milo-release"
_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_LARGEST = 512 << 20
Source = Callable[[str], bytes | None]
"""The name of a metadata file → its bytes, or None where there is none; what it raises is raised on."""


class Stopped(Exception):
    """Somebody wants no more of it for now."""


class Refused(Exception):
    """What is offered is not believed: `kind` is none, unsigned, older, expired or damaged."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind} {detail}".strip())
        self.kind = kind


@dataclass(frozen=True)
class Release:
    """A program to install: its version, the name, SHA-256 and bytes of its file."""

    version: str
    name: str
    sha256: str
    size: int

    def check(self, file: Path) -> None:
        """Raises Refused where a file is not this very one, OSError where it cannot be read."""
        with file.open("rb") as content:
            whole = file.stat().st_size == self.size and hashlib.file_digest(content, "sha256").hexdigest()
        if whole != self.sha256:
            raise Refused("damaged", self.name)


def offers(trusted: Path, root: bytes, source: Source, systems: Sequence[str] = SYSTEMS) -> dict[str, Release]:
    """What the publisher offers these systems, as the metadata of a source says and the publisher's root bears out.

    `trusted` is a folder that keeps what was believed: nothing older is believed after it. Raises Refused, OSError where the
    folder cannot be written, and what the source raises.
    """
    trusted.mkdir(parents=True, exist_ok=True)
    try:
        updater = Updater(str(trusted), "", fetcher=_Fetcher(source), bootstrap=root)
        updater.refresh()
        found = {system: updater.get_targetinfo(system) for system in systems}
    except exceptions.DownloadError as wrong:
        if isinstance(wrong.__cause__, SyncError | OSError | Refused | Stopped):
            raise wrong.__cause__ from None
        missing = isinstance(wrong, exceptions.DownloadHTTPError) and str(wrong) == "timestamp.json"
        raise Refused("none" if missing else "damaged", str(wrong)) from wrong
    except exceptions.RepositoryError as wrong:
        raise Refused(_kind(wrong), str(wrong)) from wrong
    return {system: _release(info) for system, info in found.items() if info}


def valid_until(trusted: Path) -> str | None:
    """The day (ISO) until which what was last believed may be acted on; None where nothing was."""
    try:
        return Metadata[Timestamp].from_file(str(trusted / "timestamp.json")).signed.expires.date().isoformat()
    except (exceptions.RepositoryError, StorageError, OSError):
        return None


def kept(trusted: Path) -> Source:
    """The metadata that a folder of `offers` holds, as a source: to believe it again, from the root on."""

    def read(name: str) -> bytes | None:
        version, _, role = name.removesuffix(".json").rpartition(".")
        file = trusted / "root_history" / name if role == "root" else trusted / f"{role}.json"
        return file.read_bytes() if (version or role == "timestamp") and file.is_file() else None

    return read


def _kind(wrong: exceptions.RepositoryError) -> str:
    kinds = {
        exceptions.ExpiredMetadataError: "expired",
        exceptions.BadVersionNumberError: "older",
        exceptions.UnsignedMetadataError: "unsigned",
    }
    return next((kind for one, kind in kinds.items() if isinstance(wrong, one)), "damaged")


def _release(info: TargetFile) -> Release:
    said = info.custom or {}
    version, name, digest = (str(one) for one in (said.get("version"), said.get("name"), info.hashes.get("sha256")))
    if not all(re.fullmatch(*pair) for pair in ((VERSION, version), (_NAME, name), (DIGEST, digest))):
        raise Refused("damaged", "an unreadable target")
    if info.length > _LARGEST:
        raise Refused("damaged", "too large")
    return Release(version, name, digest, info.length)


class _Fetcher(FetcherInterface):
    """Metadata from a source, for the library."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix("/")
        content = self._source(name)
        if content is None:
            raise exceptions.DownloadHTTPError(name, 404)
        return iter([content])


class Bundle:
    """An open file that carries a release: `metadata/…`, and each program under `targets/` and its SHA-256, not packed."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        """Of the metadata, what others need before what names them."""
        found = [name.removeprefix("metadata/") for name in self._archive.namelist() if name.startswith("metadata/")]
        last = ("root", "targets", "snapshot", "timestamp")
        return sorted(
            (name for name in found if re.fullmatch(METADATA, name)), key=lambda name: last.index(name.split(".")[-2])
        )

    def metadata(self, name: str) -> bytes | None:
        """A source for `offers`."""
        with self._reading(f"metadata/{name}", 1 << 20) as pieces:
            return None if pieces is None else b"".join(pieces)

    def pour(self, release: Release, out: Path) -> None:
        """Writes a release's program to a file, whole or refused. Raises OSError."""
        try:
            with self._reading(f"targets/{release.sha256}", release.size) as pieces, out.open("wb") as file:
                for piece in pieces or ():
                    file.write(piece)
            release.check(out)
        except BaseException:
            out.unlink(missing_ok=True)
            raise

    @contextmanager
    def _reading(self, name: str, most: int) -> Iterator[Iterator[bytes] | None]:
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            yield None
            return
        if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
            raise Refused("damaged", name)
        with self._archive.open(info) as content:
            yield iter(lambda: content.read(PIECE), b"")


@contextmanager
def opened(file: Path) -> Iterator[Bundle]:
    """A file that carries a release. Raises Refused where it is none or is damaged, OSError."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield Bundle(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as wrong:
        raise Refused("damaged", str(wrong)) from wrong


def write(file: Path, metadata: dict[str, bytes], targets: Sequence[Path]) -> None:
    """The file that carries a release, the same bytes for the same content."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(metadata.items()):
            archive.writestr(zipfile.ZipInfo(f"metadata/{name}"), content)
        for target in targets:
            with target.open("rb") as content_of:
                digest = hashlib.file_digest(content_of, "sha256").hexdigest()
            with target.open("rb") as source, archive.open(zipfile.ZipInfo(f"targets/{digest}"), "w") as out:
                while piece := source.read(PIECE):
                    out.write(piece)
