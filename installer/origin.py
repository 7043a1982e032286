"""What every installer is made of: this checkout, its version and its date."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST, LOGS = ROOT / "dist", ROOT / "build" / "logs"


def version() -> str:
    """That of this checkout; raises SystemExit where it is not X.Y.Z, which Windows' file properties ask for."""
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
