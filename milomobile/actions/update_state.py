"""What a profile keeps beside its records of a newer program: which one, how much of it is here, what was last heard."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER, TRUSTED, _FILE = "updates", "trusted", "state.json"
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


@dataclass(frozen=True)
class State:
    """The release that is known, whether its file is whole and verified; when the server last answered, until when its news are
    valid (ISO), what is wrong.
    """

    version: str = ""
    name: str = ""
    sha256: str = ""
    size: int = 0
    whole: bool = False
    asked: str = ""
    valid_until: str = ""
    trouble: str = ""


def place(folder: Path) -> Path:
    """The folder for programs, in a profile's."""
    return folder / FOLDER


def trusted(folder: Path) -> Path:
    """Where the metadata that was believed is kept."""
    return folder / FOLDER / TRUSTED


def part(folder: Path, state: State) -> Path:
    """The file of what came so far."""
    return folder / FOLDER / f"{state.sha256}.part"


def read(folder: Path) -> State:
    """What was kept; nothing where it cannot be read, for it can be asked for again."""
    try:
        return State(**json.loads((folder / FOLDER / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return State()


def write(folder: Path, state: State) -> None:
    """Keeps it, whole or not at all. Raises OSError."""
    (folder / FOLDER).mkdir(exist_ok=True, mode=0o700)
    file = folder / FOLDER / _FILE
    fresh = file.with_name(file.name + ".new")
    fresh.write_text(json.dumps(asdict(state), ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, file)


def forget_others(folder: Path, state: State) -> None:
    """Takes away programs, and pieces of them, that are not this one."""
    keep = {_FILE, state.name, part(folder, state).name}
    for left in (folder / FOLDER).iterdir():
        if left.is_file() and left.name not in keep:
            left.unlink()
