"""The laptop of the smoke test: calls of the setup, of the installed program and of its window, each kept in the log."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installer import trial
from installer.origin import LOGS
from installer.windows import wine
from installer.windows.places import CONSOLE, WINDOWED, Edition

DISK = wine.PREFIX / "drive_c"
LOCAL = "AppData/Local"
NAME = "Milo Mobile"
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\MiloMobile"
NOISE = ("it looks like wine32", "multiarch needs", 'execute "dpkg', "wine32:i386")


def home() -> Path:
    """The Windows user's folder, whatever the user is called."""
    (found,) = [one for one in (DISK / "users").iterdir() if one.is_dir() and one.name != "Public"]
    return found


def place() -> Path:
    """Where the setup puts the program when it is not told."""
    return home() / LOCAL / "Programs" / "MiloMobile"


def windows(file: Path) -> str:
    """A file of the laptop's disk, as Windows names it."""
    return "C:\\" + str(file.relative_to(DISK)).replace("/", "\\")


def log(*said: object) -> None:
    """Kept in build/logs, where a failure is read from."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / "windows.log").open("a", encoding="utf-8") as file:
        print(time.strftime("%H:%M:%S"), *said, file=file)


def call(program: Path | str, *words: str, seconds: float = 300, **more: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a Windows program."""
    done = wine.attempt([program, *words], seconds, **more)
    said = "\n".join(line for line in done.stderr.splitlines() if line and not line.startswith(NOISE))
    log(Path(program).name, *words, "→", done.returncode, "\n", done.stdout, said)
    return done.returncode, done.stdout, said


def expect(code: int, program: Path | str, *words: str, **more: Any) -> str:
    """Its stdout; raises AssertionError for another exit code."""
    got, out, said = call(program, *words, **more)
    assert got == code, f"{Path(program).name} {' '.join(words)} ended with {got}, not {code}: {said[-600:]}"
    return out


def begin(program: Path, *words: str, **more: str) -> subprocess.Popen[bytes]:
    """A Windows program that goes on."""
    log(program.name, *words)
    pipe = subprocess.PIPE
    return subprocess.Popen(
        ["wine", str(program), *words], env=wine.environment(**more), stdin=pipe, stdout=pipe, stderr=pipe
    )


def leave(program: Path, *words: str, **more: str) -> None:
    """A Windows program to its end, not that of what it starts."""
    code = begin(program, *words, **more).wait(300)
    assert code == 0, f"{program.name} ended with {code}"


def milomobile(*words: str, code: int = 0, where: Path | None = None, **more: str) -> str:
    """A verb of the installed program."""
    return expect(code, (where or place()) / "app" / CONSOLE, *words, **{"QT_QPA_PLATFORM": "offscreen", **more})


def version() -> str | None:
    """What Windows' list of programs says is installed."""
    code, out, _ = call("reg", "query", KEY, "/v", "DisplayVersion")
    return out.split()[-1] if code == 0 else None


def same_files(edition: Edition, where: Path | None = None) -> None:
    """The installed folder is the packed one: nothing missing, nothing left over, no mix."""
    there, packed = (_listed(one) for one in ((where or place()) / "app", edition.tree))
    assert there == packed, f"other files: {sorted(set(there.items()) ^ set(packed.items()))[:6]}"


def _listed(folder: Path) -> dict[str, int]:
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


@contextmanager
def screen() -> Iterator[str]:
    """A screen of its own, and no Windows program left on it at the end; gives its DISPLAY."""
    with trial.screen() as display:
        try:
            yield display
        finally:
            subprocess.run(["wineserver", "-k"], env=wine.environment(), check=False)


@contextmanager
def window(display: str, title: str, *words: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The windowed program, once a window of that title is on the screen; ended at the end."""
    given = wine.environment(DISPLAY=display, **more)
    program = ["wine", str(place() / "app" / WINDOWED), *words]
    with subprocess.Popen(
        program, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        try:
            seen(display, title)
            yield running
        finally:
            if running.poll() is None:
                call("taskkill", "/F", "/IM", WINDOWED)
            running.wait(60)


def seen(display: str, title: str) -> None:
    """Waits for a window of that title (a pattern); raises where none comes."""
    look = ["xdotool", "search", "--sync", "--onlyvisible", "--name", title]
    subprocess.run(look, env={**os.environ, "DISPLAY": display}, check=True, timeout=90, capture_output=True)


def picture(display: str, name: str) -> Path:
    """What the screen shows, in build/logs."""
    target = LOGS / f"windows-{name}.png"
    subprocess.run(["import", "-window", "root", "-display", display, str(target)], check=True)
    return target


def forget() -> None:
    """An empty laptop: no program, no profile."""
    wine.prefix()
    for folder in (home() / LOCAL / "Programs", home() / LOCAL / "MiloMobile", DISK / "Utilisateurs", DISK / "sorties"):
        shutil.rmtree(folder, ignore_errors=True)
    call("reg", "delete", KEY, "/f")
