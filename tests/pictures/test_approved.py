"""Every page and state looks as it was approved. `make approve` takes over what was changed on purpose."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.pictures.likeness import difference, unlike
from tests.pictures.sets import APPROVED, ROOT, SETS, made

SHOWN = ROOT / "build" / "pictures"
"""Where a failure leaves what it found (`.actual.png`) and where that differs (`.difference.png`)."""
_MOST = 8 << 20


@pytest.mark.parametrize("name", SETS)
def test_pages_look_as_approved(name: str, tmp_path: Path) -> None:
    now, approved, shown = made(name, tmp_path), APPROVED / name, SHOWN / name
    shutil.rmtree(shown, ignore_errors=True)
    assert sorted(file.name for file in now.iterdir()) == sorted(file.name for file in approved.iterdir())
    found = {}
    for file in sorted(now.iterdir()):
        one, other = QImage(str(file)), QImage(str(approved / file.name))
        if why := unlike(one, other):
            found[file.name] = why
            shown.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, shown / f"{file.stem}.actual.png")
            difference(one, other).save(str(shown / f"{file.stem}.difference.png"))
    assert found == {}, f"see {shown}; if it is meant so: make approve"


def test_they_weigh_little() -> None:
    assert sum(file.stat().st_size for file in APPROVED.rglob("*.png")) <= _MOST
