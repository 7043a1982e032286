"""Where the Windows setup is built from and to, and the version and date it carries."""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from installer.origin import DIST, ROOT, version

HERE = ROOT / "installer" / "windows"
BUILD = ROOT / "build" / "windows"
WINDOWED, CONSOLE = "MiloMobile.exe", "milomobile-cli.exe"


@dataclass(frozen=True)
class Edition:
    """One version of the program: where its tree is laid out, and the setup made of it."""

    version: str
    tree: Path
    setup: Path


def edition() -> Edition:
    """The one of this checkout."""
    return Edition(version(), BUILD / "tree", DIST / f"MiloMobile-{version()}-setup.exe")


def earlier(now: Edition) -> Edition:
    """An older version of the same program, to try upgrades with."""
    return replace(now, version="0.0.9", tree=BUILD / "tree-0.0.9", setup=BUILD / "MiloMobile-0.0.9-setup.exe")


def run(call: list[str | Path], **kept: object) -> None:
    """Runs a tool; stops the build with what it said where it fails."""
    done = subprocess.run([str(one) for one in call], capture_output=True, text=True, errors="replace", **kept)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{call[0]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
