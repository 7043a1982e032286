"""Packs the program's folder into one setup program."""

import os
import sys
from pathlib import Path

from installer.origin import ROOT, epoch
from installer.windows import tree
from installer.windows.places import BUILD, HERE, Edition, run

MOST = 45_000_000
"""Bytes; what an office's connection and a USB key should have to carry."""


def build(edition: Edition) -> None:
    """The setup of an edition and the folder it packs; raises SystemExit where it is too large."""
    tree.lay(edition)
    pack(edition)
    if edition.setup.stat().st_size > MOST:
        raise SystemExit(f"The setup is larger than {MOST / 1e6:.0f} MB.")


def pack(edition: Edition, compression: str = "/SOLID lzma") -> None:
    """The setup of a folder that is already laid out."""
    files = BUILD / f"files-{edition.version}.nsh"
    files.write_text(_listed(edition.tree), encoding="utf-8")
    edition.setup.parent.mkdir(parents=True, exist_ok=True)
    size = sum(file.stat().st_size for file in edition.tree.rglob("*") if file.is_file())
    said = {
        "VERSION": edition.version,
        "FILES": files,
        "ICON": BUILD / "milomobile.ico",
        "SIDE": BUILD / "side.bmp",
        "OUT": edition.setup,
        "SIZE": size // 1024,
        "COMPRESSION": compression,
        "SIGN": f"cd {ROOT} && {sys.executable} -m installer.windows.sign",
    }
    defines = [f"-D{name}={value}" for name, value in said.items()]
    script = HERE / "milomobile.nsi"
    run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *defines, script], env=_environment())
    print(f"{edition.setup.name}: {edition.setup.stat().st_size / 1e6:.1f} MB, installed {size / 1e6:.0f} MB")


def _environment() -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "LC_ALL": "C.UTF-8"}


def _listed(folder: Path) -> str:
    """NSIS' lines for every file: libraries beside libraries, for the compression; sorted, for the same bytes each time."""
    lines, inside = [], None
    names = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    for name in sorted(names, key=lambda one: (one.suffix not in (".pyd", ".dll", ".exe"), one)):
        if name.parent != inside:
            inside = name.parent
            lines.append(f'SetOutPath "$INSTDIR\\app.new\\{_backwards(inside)}"')
        lines.append(f'File "{folder / name}"'.replace("$", "$$"))
    return "\n".join(lines) + "\n"


def _backwards(name: Path) -> str:
    return str(name).replace("/", "\\").removeprefix(".").replace("$", "$$")
