"""Builds the packages: python -m installer.linux [laptop] [server]."""

import sys

from installer import bill, needs
from installer.linux import frozen, packages, wheel
from installer.origin import ROOT, epoch, version

LIBRARIES = "/usr/lib/x86_64-linux-gnu/"
TOOLS = (
    ("dpkg-deb", "dpkg"),
    ("dpkg-shlibdeps", "dpkg-dev"),
    ("strip", "binutils"),
    ("git", "git"),
    (f"{LIBRARIES}libwayland-cursor.so.0", "libwayland-cursor0"),
    (f"{LIBRARIES}libcups.so.2", "libcups2"),
)


def main(wanted: list[str]) -> None:
    """Each program asked for, or both."""
    needs.have(*TOOLS)
    for what, name in (("laptop", "milomobile"), ("server", "milomobile-server")):
        if wanted and what not in wanted:
            continue
        folder = frozen.freeze(name)
        made = [packages.deb(name, packages.root(name, folder))]
        made.append(packages.archive(name, folder) if what == "laptop" else wheel.build())
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
        print(f"{name}: {size / 1e6:.0f} MB installed")
        lock = ROOT / ("requirements.lock" if what == "laptop" else "requirements-server.lock")
        (site,) = frozen.environment().parents[1].glob("lib/python*/site-packages")
        for file in made:
            bill.write(file, lock, site, version(), epoch())
            print(f"  {file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
