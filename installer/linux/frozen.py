"""The programs with their interpreter and all they need, as folders: by PyInstaller, in an environment of the locked versions."""

import shutil
import sys
from pathlib import Path

from installer.linux.places import BUILD, HERE, run
from installer.origin import ROOT
from installer.windows.trim import without_fonts

LOCKS = (ROOT / "requirements-server.lock", ROOT / "installer" / "requirements.lock")


def environment() -> Path:
    """The interpreter of an environment with the locked versions, made anew when a lock file changed."""
    folder, stamp = BUILD / "venv", BUILD / "venv.lock"
    wanted = b"".join(lock.read_bytes() for lock in LOCKS)
    if not stamp.exists() or stamp.read_bytes() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        BUILD.mkdir(parents=True, exist_ok=True)
        run(sys.executable, "-m", "venv", folder)
        listed = [part for lock in LOCKS for part in ("-r", lock)]
        run(
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "--python",
            folder / "bin" / "python",
            "--require-hashes",
            *listed,
        )
        stamp.write_bytes(wanted)
    return folder / "bin" / "python"


def freeze(name: str) -> Path:
    """The folder of `milomobile` or `milomobile-server`, with the program of that name in it."""
    python, out = environment(), BUILD / "frozen"
    shutil.rmtree(out / name, ignore_errors=True)
    places = ("--distpath", out, "--workpath", BUILD / "work", "--noconfirm", "--log-level", "WARN")
    run(python, "-m", "PyInstaller", *places, HERE / f"{name}.spec")
    strip(out / name)
    for library in (out / name).rglob("_typst*.so"):
        library.write_bytes(without_fonts(library.read_bytes()))
    return out / name


def strip(folder: Path) -> None:
    """Takes the debugging symbols out of libraries; Qt's have none."""
    found = [file for file in sorted(folder.rglob("*.so*")) if "PySide6" not in file.parts and not file.is_symlink()]
    run("strip", "--strip-debug", "--preserve-dates", *(file for file in found if file.stat().st_size > 1 << 20))
