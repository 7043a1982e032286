"""The wheel: the program and the server for an environment of Python, resources inside."""

import shutil
import sys
from pathlib import Path

from installer.linux.places import BUILD, run
from installer.origin import DIST, ROOT, version

_TAKEN = ("milomobile", "sync", "resources", "docs/guide", "pyproject.toml", "README.md", "LICENSE")


def build() -> Path:
    """`dist/milomobile-X.Y.Z-py3-none-any.whl`, from a copy in which resources and user guide stand inside the package."""
    stage = BUILD / "wheel"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    for name in _TAKEN:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, stage / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, stage)
    for inside in ("resources", "docs"):
        shutil.copytree(stage / inside, stage / "milomobile" / inside)
    DIST.mkdir(exist_ok=True)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", "-w", DIST, stage)
    return DIST / f"milomobile-{version()}-py3-none-any.whl"
