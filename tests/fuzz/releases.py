"""The publisher's file, as anybody may have written it."""

import io
import zipfile
from pathlib import Path

from milomobile.actions import fetching
from milomobile.errors import Trouble
from tests import publisher
from tests.fuzz.target import Target, from_file


def release_file(folder: Path) -> Target:
    """Taken from a USB key: what is kept is the publisher's program, whatever the file says."""
    (folder / "publisher").mkdir()
    made = publisher.Publisher(folder / "publisher")
    good = made.sign(systems="linux").read_bytes()
    program = publisher.program(publisher.NEWER)
    place = good.index(program)
    short = good[:place] + good[place : place + 2000] + good[place + len(program) :]
    (folder / "profile").mkdir()

    def take(file: Path) -> None:
        ready = fetching.take(folder / "profile", made.root, file)
        assert ready.file.read_bytes() == program

    return Target([good, short], from_file(folder, "usb.milo-release", take), (Trouble,), _bombs(good))


def _bombs(good: bytes) -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    huge = next(name for name in held if name.startswith("targets/"))

    def packed(how: int, **changed: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", how) as archive:
            for name, content in {**held, **changed}.items():
                archive.writestr(name, content)
        return out.getvalue()

    deep = b'{"signed":' * 50_000
    return (
        packed(zipfile.ZIP_DEFLATED, **{huge: bytes(300 << 20)}),
        packed(zipfile.ZIP_DEFLATED, **{"metadata/timestamp.json": bytes(300 << 20)}),
        packed(zipfile.ZIP_STORED, **{"metadata/timestamp.json": deep}),
        packed(zipfile.ZIP_STORED, **{f"metadata/{number}.root.json": b"{}" for number in range(2, 5000)}),
        b"PK\x05\x06" + b"\xff" * 18,
    )
