"""A Windows to compile and to test in, under Wine 8, with stand-ins for what Wine lacks; nothing of it is ever shipped."""

import os
import subprocess
from functools import cache
from pathlib import Path

from installer.windows import trim
from installer.windows.places import BUILD
from installer.windows.places import run as tool

PREFIX = BUILD / "wine"
OVERRIDES = "wbemprox=d;mscoree=d;mshtml=d;icuuc=n;winemenubuilder.exe=b"
_RANDOM = """#include <stddef.h>
__declspec(dllimport) unsigned char SystemFunction036(void *, unsigned long);
__declspec(dllexport) int ProcessPrng(unsigned char *data, size_t size) { return SystemFunction036(data, (unsigned long)size); }
"""


def path(place: Path | str) -> str:
    """A file of this machine as Windows names it."""
    return "Z:" + str(place).replace("/", "\\")


def environment(**more: str) -> dict[str, str]:
    """The environment of every call; the machine's own Python settings stay out."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "MILOMOBILE_"))}
    fixed = {"WINEPREFIX": str(PREFIX), "WINEDLLOVERRIDES": OVERRIDES, "WINEDEBUG": "-all", "WINEARCH": "win64"}
    return {**kept, **fixed, "LANG": "C.UTF-8", **more}


@cache
def prefix() -> Path:
    """Made once: Windows 10, the stand-ins in system32."""
    system = PREFIX / "drive_c" / "windows" / "system32"
    if not (system / "icuuc.dll").exists():
        PREFIX.parent.mkdir(parents=True, exist_ok=True)
        for call in (["wineboot", "-i"], ["winecfg", "-v", "win10"], ["wineserver", "-w"]):
            subprocess.run(call, env=environment(), check=True, capture_output=True)
    return PREFIX


def run(call: list[Path | str], seconds: float = 600, **more: str) -> subprocess.CompletedProcess[str]:
    """A Windows program to its end, through pipes, as CPython needs under Wine; raises SystemExit where it fails."""
    done = attempt(call, seconds, **more)
    if done.returncode:
        raise SystemExit(f"{call[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done


def attempt(call: list[Path | str], seconds: float = 600, **more: str) -> subprocess.CompletedProcess[str]:
    """The same, whatever its exit code."""
    prefix()
    words = ["wine", *(str(one) for one in call)]
    given = environment(**more)
    return subprocess.run(
        words, env=given, input="", capture_output=True, encoding="utf-8", errors="replace", timeout=seconds
    )


def stand_ins(qt: Path) -> None:
    """What Windows 10 has and Wine 8 lacks: the converters that Qt6Core takes from ICU, and Rust's random bytes."""
    system = prefix() / "drive_c" / "windows" / "system32"
    none = "".join(
        f"__declspec(dllexport) long long {name}(void) {{ return 0; }}\n" for name in trim.imported(qt, "icuuc.dll")
    )
    for library, source in (("icuuc.dll", none), ("bcryptprimitives.dll", _RANDOM)):
        file = BUILD / f"{library}.c"
        file.write_text(source, encoding="ascii")
        tool(["x86_64-w64-mingw32-gcc", "-shared", "-s", file, "-o", system / library, "-ladvapi32"])
