"""The program's dependencies for Windows, from the lock file and nothing else."""

import shutil
import sys
from pathlib import Path

from installer.origin import ROOT
from installer.windows.places import BUILD, run

LOCK = ROOT / "requirements.lock"


def installed() -> Path:
    """A folder of unpacked wheels, made anew when the lock file changed; every one checked by its hash."""
    folder, stamp = BUILD / "site", BUILD / "site.lock"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    call: list[str | Path] = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    call += ["--only-binary", ":all:", "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13"]
    run([*call, "--link-mode", "copy", "--target", folder, "-r", LOCK])
    stamp.write_bytes(LOCK.read_bytes())
    return folder
