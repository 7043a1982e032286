"""Debian packages and a plain archive of the frozen programs, with the same bytes for the same commit."""

import gzip
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from installer.linux.places import BUILD, HERE, MACHINE, run
from installer.origin import DIST, ROOT, epoch, version

EXTRA = ("xkb-data", "fontconfig", "libxcb-cursor0", "libxkbcommon-x11-0")
"""What Qt opens by name, which no library's header tells."""
_LONG = {
    "milomobile": "Registers young people at the stops of a van, offline and encrypted, and sends them\n"
    " to the Mission Locale at the day's end.",
    "milomobile-server": "Receives what the laptops send, keeps it once, and gives the office its files.",
}


def root(name: str, frozen: Path) -> Path:
    """A folder laid out as on the machine it is installed on; `installer/linux/<name>/` holds what stands outside /opt."""
    place = BUILD / "root" / name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(frozen, place / "opt" / name, symlinks=True)
    shutil.copytree(HERE / name, place, dirs_exist_ok=True)
    (place / "usr" / "bin").mkdir(parents=True)
    (place / "usr" / "bin" / name).symlink_to(f"/opt/{name}/{name}")
    docs = place / "usr" / "share" / "doc" / name
    docs.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", docs / "copyright")
    for page in (place / "usr" / "share" / "man").rglob("*.[18]"):
        page.with_name(page.name + ".gz").write_bytes(gzip.compress(page.read_bytes(), 9, mtime=epoch()))
        page.unlink()
    if name == "milomobile":
        icon = place / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps" / "milomobile.svg"
        icon.parent.mkdir(parents=True)
        shutil.copy(ROOT / "resources" / "icons" / "milomobile.svg", icon)
    return place


def deb(name: str, place: Path, said: str = "", compression: str = "xz") -> Path:
    """The package of a laid-out folder; `said` is another version than this checkout’s, which goes to `build`."""
    number = said or version()
    control = place / "DEBIAN"
    control.mkdir()
    size = sum(file.lstat().st_size for file in place.rglob("*") if file.is_file() and not file.is_symlink())
    first, long = "Milo Mobile" + (", server of the Mission Locale" if name.endswith("server") else ""), _LONG[name]
    fields = {
        "Package": name,
        "Version": number,
        "Architecture": MACHINE,
        "Maintainer": "Mission Locale <milomobile@exemple.invalid>",
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join(depends(place)),
        "Section": "misc",
        "Priority": "optional",
        "Description": f"{first}\n {long}",
    }
    (control / "control").write_text("".join(f"{key}: {value}\n" for key, value in fields.items()), encoding="utf-8")
    for script in (HERE / f"{name}.scripts").glob("*"):
        shutil.copy(script, control / script.name)
        (control / script.name).chmod(0o755)
    _settle(place)
    out = (BUILD if said else DIST) / f"{name}_{number}_{MACHINE}.deb"
    DIST.mkdir(exist_ok=True)
    run("dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", place, out)
    shutil.rmtree(control)
    return out


def depends(place: Path) -> list[str]:
    """The Debian packages of the libraries that the programs link and do not carry, by dpkg-shlibdeps."""
    work = BUILD / "shlibs"
    shutil.rmtree(work, ignore_errors=True)
    (work / "debian").mkdir(parents=True)
    (work / "debian" / "control").write_text(
        "Source: milomobile\n\nPackage: milomobile\nArchitecture: any\n", encoding="utf-8"
    )
    binaries = [file for file in sorted(place.rglob("*")) if file.is_file() and not file.is_symlink() and _is_elf(file)]
    folders = sorted({f"-l{file.parent}" for file in binaries})
    call = [
        "dpkg-shlibdeps",
        "-O",
        "--ignore-missing-info",
        "--warnings=0",
        *folders,
        *(str(file) for file in binaries),
    ]
    done = subprocess.run(call, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    found = done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    named = {re.split(r"[ |(]", one)[0] for one in found}
    return sorted({*found, *(one for one in EXTRA if one not in named and "PySide6" in str(binaries))} - {""})


def _is_elf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def _settle(place: Path) -> None:
    """One time and plain rights for every file."""
    for file in sorted(place.rglob("*"), reverse=True):
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or os.access(file, os.X_OK) else 0o644)
        os.utime(file, (epoch(), epoch()), follow_symlinks=False)


def archive(name: str, frozen: Path) -> Path:
    """A plain .tar.gz of the frozen folder, for systems without .deb."""
    top = f"{name}-{version()}"
    out = DIST / f"{top}-linux-x86_64.tar.gz"
    DIST.mkdir(exist_ok=True)

    def same(one: tarfile.TarInfo) -> tarfile.TarInfo:
        one.uid = one.gid = 0
        one.uname = one.gname = "root"
        one.mtime = epoch()
        return one

    with (
        out.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=epoch()) as packed,
        tarfile.open(fileobj=packed, mode="w") as made,
    ):
        for file in sorted(frozen.rglob("*")):
            made.add(file, f"{top}/{file.relative_to(frozen)}", recursive=False, filter=same)
    return out
