"""After a day's work, or when it is cut short, no name is found in any byte outside the encrypted store."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import keyring
import pytest

from milomobile.actions import backups
from milomobile.actions.open import create, open_profile
from milomobile.errors import KeyringLost, NotOurs, WrongPassword
from milomobile.security import slots, vault
from milomobile.store import engine
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.flows.processes import ROOT, Laptop
from tests.security import driven_day
from tests.security.keyrings import Fine


def drive(tmp_path: Path, last: str) -> tuple[Path, int]:
    """The day, in a home of its own; returns the folder of everything it could write to."""
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    (home / "exports").mkdir()
    xdg = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    places = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_RUNTIME_DIR": str(home / "tmp"), **xdg}
    (home / "tmp").chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.driven_day", str(home / "profile"), str(home / "exports"), last],
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return home, done.returncode


def spelled(word: str) -> set[bytes]:
    return {form.encode(code) for form in (word, word.lower()) for code in ("utf-8", "utf-16-le", "latin-1")}


def found(home: Path) -> set[tuple[str, str]]:
    """(file, marked word) for every one that is in clear, the export in clear excepted; names of files count too."""
    hits = set()
    for file in home.rglob("*"):
        content = b"" if file.is_dir() or file.suffix == ".csv" else file.read_bytes()
        for word in driven_day.MARKED:
            if any(form in content or form in os.fsencode(file.name) for form in spelled(word)):
                hits.add((str(file.relative_to(home)), word))
        if any(form in content for form in spelled(driven_day.VISITED)):
            hits.add((str(file.relative_to(home)), driven_day.VISITED))
    return hits


OPENLY = {("profile/keys.json", word) for word in driven_day.ADVISER.split()}
"""The unlock page asks « Qui êtes-vous ? » before anything is open; a backup has the keys' file in it."""


@pytest.mark.parametrize("last", ["whole", "register", "draft", "export", "lock"])
def test_no_name_is_in_any_byte(tmp_path: Path, last: str) -> None:
    home, code = drive(tmp_path, last)
    assert code == (0 if last == "whole" else -signal.SIGKILL)
    assert {hit for hit in found(home) if not hit[0].startswith("profile/backups/auto-")} <= OPENLY
    assert {word for _, word in found(home)} <= set(driven_day.ADVISER.split())
    exported = list((home / "exports").glob("*.csv"))
    assert bool(exported) == (last not in ("register", "draft"))
    for file in exported:
        content = file.read_text(encoding="utf-8-sig")
        assert (driven_day.FAMILY in content) == (file.stem == "noms") and "Zoroastre" not in content
    written = {str(file.relative_to(home)) for file in home.rglob("*") if file.is_file()}
    assert not [name for name in written if "QtProject" in name or "recent" in name.lower() or "thumb" in name.lower()]
    if last == "register":
        assert "profile/store.db-wal" in written, "the scan saw the write-ahead log"


def dumpable(module: str, act: str) -> str:
    """What /proc says of a program once `module` began, then how it ended."""
    code = f"""
import os, sys
import {module} as program
try:
    program.main(["--help"])
except SystemExit:
    pass
import ctypes, resource
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
{act}
"""
    done = subprocess.run(
        ["bash", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$0" "$@"', sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=os.environ.get("PYTEST_CORE_DIR", "."),
    )
    assert done.returncode in (0, -signal.SIGABRT), done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("module", ["milomobile.__main__", "sync.server.__main__"])
def test_a_program_that_crashes_leaves_no_image_of_its_memory(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_CORE_DIR", str(tmp_path))
    assert dumpable(module, "os.abort()") == "0 0"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def stolen(tmp_path: Path) -> tuple[Path, str]:
    """A profile's folder copied off a laptop with a keyring, and its recovery code."""
    keyring.set_keyring(Fine())
    _, code = create(tmp_path / "van", ADVISER, PASSWORD, NOW)
    open_profile(tmp_path / "van", None, PASSWORD, NOW).close()
    keyring.set_keyring(Fine())
    (tmp_path / "van").rename(tmp_path / "stolen")
    return tmp_path / "stolen", code


def test_the_right_password_does_not_open_a_stolen_copy(stolen: tuple[Path, str]) -> None:
    folder, code = stolen
    with pytest.raises(KeyringLost, match="code de secours"):
        open_profile(folder, None, PASSWORD, NOW)
    with pytest.raises(WrongPassword):
        vault.unlock(folder, None, PASSWORD, lambda _: None)
    with pytest.raises(WrongPassword):
        vault.unlock(folder, None, PASSWORD, lambda _: bytes(32))
    open_profile(folder, None, code, NOW).close()


def test_the_keys_of_another_profile_open_nothing(stolen: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = stolen
    create(tmp_path / "own", ADVISER, PASSWORD, NOW)
    (folder / slots.FILE).write_bytes((tmp_path / "own" / slots.FILE).read_bytes())
    with pytest.raises(NotOurs, match="autre profil"):
        open_profile(folder, None, PASSWORD, NOW)


def test_a_slot_made_unbound_by_hand_opens_nothing(stolen: tuple[Path, str]) -> None:
    """The mark is part of what the cipher covers."""
    folder, _ = stolen
    kept = [slots.Slot(**{**vars(slot), "bound": False, "check": ""}) for slot in slots.read(folder)]
    slots.write(folder, kept)
    with pytest.raises(WrongPassword):
        open_profile(folder, None, PASSWORD, NOW)


def test_each_guess_costs_an_argon2(stolen: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = stolen
    guesses = []
    derive = vault._derive
    monkeypatch.setattr(vault, "_derive", lambda slot, *rest: (guesses.append(slot.cost), derive(slot, *rest))[1])
    for _ in range(5):
        with pytest.raises(WrongPassword):
            vault.recover(folder, slots.advisers(folder)[0], "0" * 26)
    assert guesses == [slots.RECIPE] * 5
    assert slots.Cost().memory >= 64 * 1024


def test_a_backup_tells_a_thief_no_more_than_the_profile(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "p")
    assert laptop("init", "--adviser", ADVISER)[0] == 0
    profile = open_profile(tmp_path / "p", None, PASSWORD, NOW)
    backups.backup(profile, tmp_path / "copie", NOW)
    key = profile.key.hex().encode()
    profile.close()
    content = (tmp_path / "copie").read_bytes()
    assert key not in content and bytes.fromhex(key.decode()) not in content
    assert (tmp_path / "p" / engine.FILE).exists()
