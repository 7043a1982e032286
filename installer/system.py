"""Says, before and after the packages are installed, what the machine itself lacks, with the line that brings it."""

import ctypes
import importlib.util
import sys

OLDEST = (3, 11)
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Shared libraries that Qt loads on Linux, and the Debian packages that hold them."""


def missing() -> list[str]:
    """Debian packages of the libraries that cannot be loaded here."""
    found = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            found.append(package)
    return found


def main(when: str) -> int:
    """Prints what is missing; returns 1 where nothing can go on."""
    if when == "before":
        if sys.version_info[:2] < OLDEST:
            print(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
            return 1
        if importlib.util.find_spec("ensurepip") is None:
            print("Python's venv is missing here. It comes with:\n  apt-get install python3-venv", file=sys.stderr)
            return 1
    elif sys.platform.startswith("linux") and (packages := missing()):
        print(
            f"The window needs system libraries. They come with:\n  apt-get install {' '.join(packages)}",
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
