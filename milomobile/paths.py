"""Where the profile and the shipped resources are, installed, frozen or from a checkout."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = (_PACKAGE / "resources", Path(getattr(sys, "_MEIPASS", _PACKAGE.parent)) / "resources")
RESOURCES = next((one for one in _FOLDERS if one.is_dir()), _FOLDERS[-1])
GUIDE = RESOURCES.parent / "docs" / "guide"
"""The user guide, one Markdown file a page, with its pictures: what F1 shows."""
RELEASE = RESOURCES / "release"
"""The publisher's roots, `1.root.json` and on, each vouched for by the one before."""
DEMO_PASSWORD = "demo"
"""The file of a demonstration's profile that holds its password, for the unlock page."""


def profile_folder(chosen: str | None) -> Path:
    """The profile's folder: the one chosen, else `MILOMOBILE_PROFILE`, else the system's per-user data folder."""
    import platformdirs

    return Path(chosen or os.environ.get("MILOMOBILE_PROFILE") or platformdirs.user_data_dir("MiloMobile", False))


def demonstration_folder(folder: Path) -> Path:
    """Where the invented people of a profile's window are kept: beside it, never in it."""
    return folder.with_name(f"{folder.name}-demonstration")


def release_root() -> bytes | None:
    """What signed releases are believed by: the newest root this program was built with; None where it was built without."""
    found = sorted(RELEASE.glob("*.root.json"), key=lambda file: int(file.name.partition(".")[0]))
    return found[-1].read_bytes() if found else None
