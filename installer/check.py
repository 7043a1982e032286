"""Installs what was built, works with it as a laptop would, and removes it: python -m installer.check windows|linux."""

import importlib
import sys
import time
import traceback
from collections.abc import Iterator

SYSTEMS = ("linux", "windows")


def main(system: str) -> int:
    """Each step of `installer/SYSTEM/smoke.py`'s `steps()`, told as it ends; 1 at the first that fails."""
    steps: Iterator[str] = importlib.import_module(f"installer.{system}.smoke").steps()
    name, begun = "ready", time.monotonic()
    try:
        for following in steps:
            print(f"OK      {name} ({time.monotonic() - begun:.1f} s)", flush=True)
            name, begun = following, time.monotonic()
    except (Exception, SystemExit) as wrong:
        traceback.print_exc()
        print(f"FAILED  {name}: {wrong}", flush=True)
        return 1
    print(f"OK      {name} ({time.monotonic() - begun:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([one] for one in SYSTEMS):
        sys.exit(f"python -m installer.check {'|'.join(SYSTEMS)}")
    sys.exit(main(sys.argv[1]))
