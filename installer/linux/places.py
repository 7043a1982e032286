"""Where the Linux packages are built from and to, and the version and date they carry."""

import os
import subprocess
from pathlib import Path

from installer.origin import ROOT, epoch

HERE = ROOT / "installer" / "linux"
BUILD = ROOT / "build" / "linux"
MACHINE = "amd64"


def run(*call: str | Path, **more: str) -> None:
    """Runs a tool, with what makes its output the same each time; stops the build with what it said where it fails."""
    same = {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        [str(one) for one in call], capture_output=True, text=True, check=False, env={**os.environ, **same, **more}
    )
    if done.returncode:
        raise SystemExit(f"{call[0]} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
