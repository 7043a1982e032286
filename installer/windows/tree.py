"""Lays out the program's folder as it stands on a laptop."""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from installer.origin import ROOT, epoch
from installer.windows import launcher, packages, runtime, trim, wine
from installer.windows.places import HERE, Edition

ZIPPED = {"anyascii", "tzdata"}
"""Packages that read their data through importlib.resources, and so from a zip."""
NOT_OURS = ("sync/server/", "milomobile/demonstration.py")
"""The office's server and the developers' demonstration."""
TYPST = "_typst.pyd"
AS_SOURCE = "milomobile/store/migrations/"
"""Alembic reads its steps as source."""
Source = tuple[Path | str, str]


def lay(edition: Edition) -> None:
    """Everything the setup packs, in `edition.tree`, with the same bytes and times for the same commit."""
    shutil.rmtree(edition.tree, ignore_errors=True)
    edition.tree.mkdir(parents=True)
    runtime.lay(edition.tree)
    site = packages.installed()
    names = trim.kept(site)
    on_disk = {_top(name) for name in names if _binary(name)} - ZIPPED
    inside = {name: site / name for name in names if _top(name) not in on_disk}
    beside = {f"lib/{name}": site / name for name in names if _top(name) in on_disk}
    beside |= _ours(edition)
    compiled = _compiled({**inside, **beside})
    for name, source in beside.items():
        place = edition.tree / (f"{name}c" if name in compiled else name)
        place.parent.mkdir(parents=True, exist_ok=True)
        content = compiled.get(name) or source.read_bytes()
        place.write_bytes(trim.without_fonts(content) if place.name == TYPST else content)
    packed = {
        f"{name}c" if name in compiled else name: compiled.get(name) or inside[name].read_bytes() for name in inside
    }
    store(edition.tree / "lib.zip", packed)
    store(edition.tree / "python313.zip", runtime.library())
    label(edition)


def lay_again(edition: Edition, of: Edition) -> None:
    """The same folder under another version, to try upgrades with."""
    shutil.rmtree(edition.tree, ignore_errors=True)
    shutil.copytree(of.tree, edition.tree)
    label(edition)


def label(edition: Edition) -> None:
    """All that says the version: launchers, our package, its metadata; then one time for every file."""
    launcher.lay(edition)
    for old in (edition.tree / "lib").glob("milomobile-*.dist-info"):
        shutil.rmtree(old)
    about = edition.tree / "lib" / f"milomobile-{edition.version}.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_text(f"Metadata-Version: 2.1\nName: milomobile\nVersion: {edition.version}\n", encoding="utf-8")
    (edition.tree / "milomobile" / "__init__.pyc").write_bytes(_version(edition))
    for file in edition.tree.rglob("*"):
        os.utime(file, (epoch(), epoch()))


def _top(name: str) -> str:
    return name.split("/", 1)[0]


def _binary(name: str) -> bool:
    return not name.endswith(".py") and ".dist-info/" not in name


def _ours(edition: Edition) -> dict[str, Path]:
    """Our modules, their resources and the user guide: place in the tree → file."""
    files = [
        file
        for part in ("milomobile", "sync", "resources", "docs/guide")
        for file in (ROOT / part).rglob("*")
        if file.is_file()
    ]
    named = {file.relative_to(ROOT).as_posix(): file for file in files if "__pycache__" not in file.parts}
    return {name: named[name] for name in sorted(named) if not name.startswith(NOT_OURS)} | {
        "LICENSE": ROOT / "LICENSE"
    }


def _compiled(sources: dict[str, Path]) -> dict[str, bytes]:
    """The bytecode of each module that is not shipped as source."""
    modules = [name for name in sorted(sources) if name.endswith(".py") and not name.startswith(AS_SOURCE)]
    return dict(zip(modules, _bytecode((sources[name], name.removeprefix("lib/")) for name in modules), strict=True))


def _version(edition: Edition) -> bytes:
    """Our package's own file, saying this edition's version."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as made:
        said = (ROOT / "milomobile" / "__init__.py").read_text(encoding="utf-8").splitlines(keepends=True)
        own = f'__version__ = "{edition.version}"\n'
        made.write("".join(own if line.startswith("__version__ = ") else line for line in said))
        made.flush()
        return _bytecode([(made.name, "milomobile/__init__.py")])[0]


def _bytecode(sources: Iterable[Source]) -> list[bytes]:
    """Compiled by the interpreter that is shipped; the source's path is shown shortened in tracebacks."""
    with tempfile.TemporaryDirectory() as folder:
        asked = [
            (wine.path(source), Path(folder) / str(number), shown) for number, (source, shown) in enumerate(sources)
        ]
        listed = Path(folder) / "list.json"
        listed.write_text(
            json.dumps([(one, wine.path(target), shown) for one, target, shown in asked]), encoding="utf-8"
        )
        wine.run([runtime.fetched() / "python.exe", "-I", wine.path(HERE / "compiling.py"), wine.path(listed)])
        return [target.read_bytes() for _, target, _ in asked]


def store(target: Path, files: dict[str, bytes]) -> None:
    """A zip without compression (the setup's own is better), names sorted, one time for all.

    Folders have their own entries: without, Python finds no package that has no `__init__`.
    """
    folders = {f"{parent}/": b"" for name in files for parent in PurePosixPath(name).parents if parent.name}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name, content in sorted({**folders, **files}.items()):
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
