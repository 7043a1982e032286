"""Builds the setup for Windows: python -m installer.windows."""

from installer import bill, needs
from installer.origin import epoch
from installer.windows import packages, runtime, setup
from installer.windows.places import edition

TOOLS = (
    ("makensis", "nsis"),
    ("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64-win32"),
    ("wine", "wine"),
    ("/usr/lib/wine/wine64", "wine64"),
    ("osslsigncode", "osslsigncode"),
    ("git", "git"),
)

if __name__ == "__main__":
    needs.have(*TOOLS)
    made = edition()
    setup.build(made)
    bill.write(made.setup, packages.LOCK, packages.installed(), made.version, epoch(), runtime.VERSION)
