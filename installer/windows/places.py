"""Where the Windows setup is built from and to, and the version and date it carries."""

import os
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "installer" / "windows"
BUILD = ROOT / "build" / "windows"
DIST = ROOT / "dist"
LOGS = ROOT / "build" / "logs"
WINDOWED, CONSOLE = "MiloMobile.exe", "milomobile-cli.exe"


@dataclass(frozen=True)
class Edition:
    """One version of the program: where its tree is laid out, and the setup made of it."""

    version: str
    tree: Path
    setup: Path


def edition() -> Edition:
    """The one of this checkout; raises SystemExit where its version is not X.Y.Z, which Windows' file properties ask for."""
    said = (ROOT / "milomobile" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', said, re.MULTILINE)
    if found is None:
        raise SystemExit("milomobile.__version__ is not X.Y.Z.")
    version = found[1]
    return Edition(version, BUILD / "tree", DIST / f"MiloMobile-{version}-setup.exe")


def earlier(now: Edition) -> Edition:
    """An older version of the same program, to try upgrades with."""
    return replace(now, version="0.0.9", tree=BUILD / "tree-0.0.9", setup=BUILD / "MiloMobile-0.0.9-setup.exe")


def epoch() -> int:
    """Seconds since 1970 that every file of the build carries: SOURCE_DATE_EPOCH, else the commit's time."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    call = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)


def run(call: list[str | Path], **kept: object) -> None:
    """Runs a tool; stops the build with what it said where it fails."""
    done = subprocess.run([str(one) for one in call], capture_output=True, text=True, errors="replace", **kept)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{call[0]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
