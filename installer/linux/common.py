"""What both spec files share: data that imports do not show, and parts that are never used or are the system's own."""

import re
from pathlib import Path

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = (str(ROOT / "resources"), "resources")
GUIDE = (str(ROOT / "docs" / "guide"), "docs/guide")
EXCLUDED = ["tkinter", "unittest", "pydoc_data", "lib2to3", "test", "setuptools", "pip", "mypy", "sqlalchemy.testing"]
DATA = [
    *collect_data_files("anyascii"),
    *collect_data_files("tzdata"),
    *collect_data_files("data_inclusion"),
    *collect_data_files("zxcvbn"),
    *copy_metadata("opentelemetry-api"),
]
HIDDEN = [
    *collect_submodules("milomobile.domain"),
    *collect_submodules("milomobile.reports"),
    *collect_submodules("phonenumbers.data"),
    *collect_submodules("rapidfuzz"),
    *collect_submodules("tzdata"),
    "holidays.countries.france",
    "zoneinfo",
]


SYSTEM = re.compile(r"^(/usr)?/lib/(?!.*/lib(python3|ssl|crypto|ffi|z|bz2|lzma|expat|sqlite3|uuid|mpdec)[.\d])")
"""Libraries of the machine that builds: a package depends on them, but for what Python's own modules link."""
UNUSED = re.compile(
    r"_avx2\.cpython|zstandard/_cffi|/__pycache__/|\.dist-info/(RECORD|INSTALLER|REQUESTED|direct_url)"
    r"|lib-dynload/(readline|_curses|_tkinter|_dbm|_gdbm|audioop|ossaudiodev|nis)"
)


def kept(found: list[tuple[str, str, str]], besides: re.Pattern[str] | None = None) -> list[tuple[str, str, str]]:
    """Of PyInstaller's (name, source, kind) those to ship."""
    without = [one for one in found if not SYSTEM.search(str(one[1])) and not UNUSED.search(one[0])]
    return [one for one in without if not (besides and besides.search(one[0]))]


def migrations(package: str) -> tuple[str, str]:
    """The steps of a database, which Alembic reads as source."""
    place = package.replace(".", "/")
    return str(ROOT / place), place
