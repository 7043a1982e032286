"""Where the profile and the shipped resources are, installed, frozen or from a checkout."""

import os
import sys
from pathlib import Path

import platformdirs

RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def profile_folder(chosen: str | None) -> Path:
    """The profile's folder: the one chosen, else `MILOMOBILE_PROFILE`, else the system's per-user data folder."""
    return Path(chosen or os.environ.get("MILOMOBILE_PROFILE") or platformdirs.user_data_dir("MiloMobile", False))
