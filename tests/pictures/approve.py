"""`make approve`: what every page looks like now is how it shall look; those that look the same stay as they are."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from tests.pictures.likeness import unlike
from tests.pictures.sets import APPROVED, SETS, made


def main() -> None:
    """All sets, or those named."""
    for name in sys.argv[1:] or SETS:
        with tempfile.TemporaryDirectory() as folder:
            approve(made(name, Path(folder)), APPROVED / name)


def approve(now: Path, approved: Path) -> None:
    """Takes over what another folder shows otherwise, and forgets what it does not show."""
    approved.mkdir(parents=True, exist_ok=True)
    for file in sorted(approved.glob("*.png")):
        if not (now / file.name).exists():
            file.unlink()
            print(f"{approved.name}/{file.name}: gone")
    for file in sorted(now.glob("*.png")):
        kept = approved / file.name
        why = unlike(QImage(str(file)), QImage(str(kept))) if kept.exists() else "new"
        if why:
            kept.write_bytes(file.read_bytes())
            print(f"{approved.name}/{file.name}: {why}")


if __name__ == "__main__":
    main()
