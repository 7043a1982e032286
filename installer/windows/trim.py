"""What of the dependencies is shipped: Qt's libraries that are in use, France's holidays, no headers, no tests."""

import re
import struct
import subprocess
from functools import cache
from pathlib import Path

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtNetwork", "QtPrintSupport")
PLUGINS = (
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",
    "styles/qmodernwindowsstyle.dll",
    "imageformats/qico.dll",
    "imageformats/qsvg.dll",
    "iconengines/qsvgicon.dll",
)
WORDS = "translations/qtbase_fr.qm"
LEFT_OUT = re.compile(
    r"""(?x)
    ^holidays/(countries/(?!france\.|__init__\.) | financial/(?!__init__\.) | locale/(?!fr/))
    | ^alembic/(templates|testing)/ | ^sqlalchemy/(testing | dialects/(mysql|oracle|mssql))/
    | ^Cryptodome/(SelfTest|PublicKey|Signature|IO)/ | ^Cryptodome/Math/ | ^dns/ | ^pydantic/(v1/|mypy)
    | ^securesystemslib/_vendor/(test|ed25519/test)
    | ^(cffi|pycparser|bin|share)/ | ^zstandard/_cffi\. | ^rapidfuzz/.*_avx2\. | ^keyring/completion/ | ^dateutil/zoneinfo/.*\.gz
    | (^|/)(tests?|__pycache__)/ | (\.pyi|py\.typed|\.pxd|\.lib|\.txt|\.c|\.js)$
    """
)
"""Tests, other countries, other databases, what only another half of a library asks for: RSA of Cryptodome, mail servers' names
of email_validator, C sources of cffi (its compiled half stays)."""
UNUSED_FONTS = ("Libertinus", "NewComputerModern", "NewCM", "DejaVu Sans Mono Bold", "DejaVu Sans Mono Oblique")
DIST_KEPT = re.compile(
    r"\.dist-info/(METADATA|entry_points\.txt|licen[cs]es?/.*|(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*)$", re.I
)


def kept(site: Path) -> list[str]:
    """Paths of the files to ship, from the folder of unpacked wheels, sorted."""
    names = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    chosen = [name for name in names if wanted(name)]
    return sorted({*chosen, *_qt(site)})


def wanted(name: str) -> bool:
    """Whether a file of the wheels is shipped; Qt's libraries are chosen by what imports them."""
    if ".dist-info/" in name:
        return bool(DIST_KEPT.search(name))
    if name.startswith(("PySide6/", "shiboken6/")):
        return name.count("/") == 1 and name.endswith(".py")
    return not LEFT_OUT.search(name)


def _qt(site: Path) -> set[str]:
    """The modules, the plugins and every library of the wheels they import, directly or not."""
    found: set[str] = {f"PySide6/{WORDS}"}
    ahead = [f"PySide6/{name}.pyd" for name in MODULES] + [f"PySide6/plugins/{name}" for name in PLUGINS]
    ahead += ["shiboken6/Shiboken.pyd"]
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        found.add(name)
        for library in imports(site / name):
            ahead += [f"{home}/{library}" for home in ("PySide6", "shiboken6") if (site / home / library).exists()]
    return found


def without_fonts(library: bytes) -> bytes:
    """Typst's library with zeros where it carries, twice, the fonts of its own templates: ours never ask for them.

    It passes over a font that it cannot read; one of DejaVu's stays, for letters that our fonts lack.
    """
    made = bytearray(library)
    for found in re.finditer(rb"OTTO|\x00\x01\x00\x00", library):
        length, name = _font(library, found.start())
        if any(family.encode("utf-16-be") in name for family in UNUSED_FONTS):
            made[found.start() : found.start() + length] = bytes(length)
    return bytes(made)


def _font(data: bytes, start: int) -> tuple[int, bytes]:
    """The length of the OpenType font that starts there and its table of names; nothing where none does."""
    count = int.from_bytes(data[start + 4 : start + 6])
    if not 8 <= count <= 40 or start + 12 + 16 * count > len(data):
        return 0, b""
    tables = dict[bytes, tuple[int, int]]()
    for number in range(count):
        tag, _, place, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        tables[tag] = place, length
    if not {b"head", b"cmap", b"name", b"maxp"} <= tables.keys():
        return 0, b""
    place, length = tables[b"name"]
    return max(map(sum, tables.values())), data[start + place : start + place + length]


@cache
def imports(file: Path) -> tuple[str, ...]:
    """The names of the DLLs that a PE file loads."""
    call = ["x86_64-w64-mingw32-objdump", "-p", str(file)]
    said = subprocess.run(call, check=True, capture_output=True, text=True, errors="replace").stdout
    return tuple(re.findall(r"DLL Name: (\S+)", said))


def imported(file: Path, library: str) -> list[str]:
    """The functions that a PE file takes from a DLL."""
    call = ["x86_64-w64-mingw32-objdump", "-p", str(file)]
    said = subprocess.run(call, check=True, capture_output=True, text=True, errors="replace").stdout
    part = re.search(rf"DLL Name: {re.escape(library)}\n(.*?)\n\n", said, re.DOTALL | re.IGNORECASE)
    return re.findall(r"^\t[0-9a-f]+\s+(?:[0-9a-f]+|<none>)?\s*\d*\s+(\w+)$", part[1], re.MULTILINE) if part else []
