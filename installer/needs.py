"""System programs that a build or a check needs: installed as root of a Debian, else said with the line that brings them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def have(*pairs: tuple[str, str]) -> None:
    """(command, or a file by its whole path; the Debian package that holds it): all are there on return, or SystemExit."""
    packages = sorted({package for what, package in pairs if not there(what)})
    if not packages:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {' '.join(packages)}…", file=sys.stderr)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        subprocess.run([*line, "-qq"], check=True, env=quiet, stdout=subprocess.DEVNULL)
    missing = [what for what, _ in pairs if not there(what)]
    if missing:
        raise SystemExit(f"Missing here: {', '.join(missing)}. On Debian, as root:\n  {' '.join(line)}")


def there(what: str) -> bool:
    """Whether a command or a file is on this machine."""
    return Path(what).exists() if "/" in what else shutil.which(what) is not None
