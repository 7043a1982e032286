"""Where the profile and the shipped resources are, installed, frozen or from a checkout."""

import os
import sys
from pathlib import Path

RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"
DEMO_PASSWORD = "demo"
"""The file of a demonstration's profile that holds its password, for the unlock page."""


def profile_folder(chosen: str | None) -> Path:
    """The profile's folder: the one chosen, else `MILOMOBILE_PROFILE`, else the system's per-user data folder."""
    import platformdirs

    return Path(chosen or os.environ.get("MILOMOBILE_PROFILE") or platformdirs.user_data_dir("MiloMobile", False))
