"""Where the Linux packages are built from and to, and the version and date they carry."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "installer" / "linux"
BUILD, DIST, LOGS = ROOT / "build" / "linux", ROOT / "dist", ROOT / "build" / "logs"
MACHINE = "amd64"


def version() -> str:
    """That of this checkout; raises SystemExit where it is not X.Y.Z."""
    said = (ROOT / "milomobile" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', said, re.MULTILINE)
    if found is None:
        raise SystemExit("milomobile.__version__ is not X.Y.Z.")
    return found[1]


def epoch() -> int:
    """Seconds since 1970 that every file of the build carries: SOURCE_DATE_EPOCH, else the commit's time."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    call = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)


def run(*call: str | Path, **more: str) -> None:
    """Runs a tool, with what makes its output the same each time; stops the build with what it said where it fails."""
    same = {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        [str(one) for one in call], capture_output=True, text=True, check=False, env={**os.environ, **same, **more}
    )
    if done.returncode:
        raise SystemExit(f"{call[0]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
