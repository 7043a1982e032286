"""A store that is damaged, held by another program, stopped in the middle or without room: nothing is lost."""

import array
import fcntl
import os
import pty
import re
import resource
import signal
import sqlite3
import subprocess
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.conftest import KEPT
from tests.flows.processes import Laptop, identified, one_sentence, until, write


def plain_sqlite(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE person (name TEXT)")
    other.close()


def flip(file: Path) -> None:
    """One byte in the middle of one page in the middle."""
    content = bytearray(file.read_bytes())
    content[len(content) // 4096 // 2 * 4096 + 2000] ^= 255
    file.write_bytes(content)


def rewrite(old: str, new: str) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        text, count = re.subn(old, new, file.read_text(encoding="utf-8"), count=1)
        assert count == 1
        file.write_text(text, encoding="utf-8")

    return damage


@pytest.mark.parametrize(
    ("name", "damage", "word"),
    [
        ("store.db", lambda file: file.write_bytes(os.urandom(50_000)), "lisible"),
        ("store.db", plain_sqlite, "lisible"),
        ("store.db", lambda file: file.write_bytes(b""), "lisible"),
        ("store.db", lambda file: os.truncate(file, file.stat().st_size // 2), "lisible"),
        ("store.db", Path.unlink, "manque"),
        ("keys.json", lambda file: os.truncate(file, 200), "illisible"),
        ("keys.json", rewrite(r'"wrapped": "..', '"wrapped": "'), "illisible"),
        ("keys.json", rewrite(r'"salt": "..', '"salt": "zz'), "illisible"),
        ("keys.json", rewrite(r'"memory": \d+', '"memory": 99999999999'), "illisible"),
    ],
)
def test_a_damaged_profile_is_told_and_left_as_it_is(
    full: Laptop, name: str, damage: Callable[[Path], None], word: str
) -> None:
    damage(full.folder / name)

    def contents() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in full.folder.glob("*.*") if file.name != "lock.holder"}

    found = contents()
    code, answer, said = full("status")
    assert (code, answer) == (2, [])
    one_sentence(said, word, "bureau", "sauvegarde")
    assert contents() == found


@pytest.mark.parametrize("damage", [flip, lambda file: os.truncate(file, file.stat().st_size - 100)])
def test_a_small_damage_is_found_by_check(full: Laptop, damage: Callable[[Path], None]) -> None:
    file = full.folder / "store.db"
    whole = file.read_bytes()
    damage(file)
    code, answer, said = full("check")
    assert (code, answer) == (2, [])
    one_sentence(said, "abîmé", "bureau", "sauvegarde")
    file.write_bytes(whole)
    assert full("check")[0] == 0
    assert full("status")[1]["people"] == KEPT


def pipe(file: Path, flags: int) -> int:
    """An end of a new named pipe, opened once somebody has the other."""
    end = -1

    def opened() -> bool:
        nonlocal end
        try:
            end = os.open(file, flags | os.O_NONBLOCK)
        except OSError:
            return False
        return True

    until(opened)
    os.set_blocking(end, True)
    return end


def unread(end: int) -> int:
    """Bytes in a pipe."""
    size = array.array("i", [0])
    fcntl.ioctl(end, termios.FIONREAD, size)
    return size[0]


def interrupt(process: subprocess.Popen[str]) -> str:
    """Ctrl+C; what was said, once the call ended as cli.md has it."""
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    return said


def test_a_profile_is_open_once_and_the_second_says_by_whom(laptop: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    os.mkfifo(file)
    first = laptop.start("register", "--from", str(file))
    end = pipe(file, os.O_WRONLY)
    code, answer, said = laptop("status")
    assert (code, answer) == (2, [])
    one_sentence(said, f"n° {first.pid}", "Rien n’a été modifié")
    os.write(end, Path(write(tmp_path / "one.jsonl", identified(1))).read_bytes())
    os.close(end)
    out, said = first.communicate(timeout=30)
    assert (first.returncode, said) == (0, "")
    assert '"taken": 1' in out
    assert laptop("status")[1]["people"] == 1


def test_an_interrupted_file_is_taken_up_again_without_loss_or_double(laptop: Laptop, tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.jsonl", *(identified(number) for number in range(500)))
    file = tmp_path / "lines"
    os.mkfifo(file)
    process = laptop.start("register", "--from", str(file))
    end = pipe(file, os.O_WRONLY)
    os.write(end, Path(whole).read_bytes())
    until(lambda: unread(end) == 0)
    one_sentence(interrupt(process), "Interrompu", "gardé")
    os.close(end)
    assert laptop("check")[0] == 0
    code, answer, _ = laptop("register", "--from", whole)
    assert (code, answer["taken"] + answer["already"], answer["refused"]) == (0, 500, [])
    assert 0 < answer["already"] < 500
    assert laptop("status")[1]["people"] == 500


def test_an_interrupted_export_leaves_no_half_file(full: Laptop, tmp_path: Path) -> None:
    """It stands still where it first says how far it is: its terminal takes nothing."""
    period = ("--from", "2026-11-01", "--to", "2026-11-30")
    out, part = tmp_path / "contacts.csv", tmp_path / "contacts.csv.part"
    full("register", "--from", write(tmp_path / "more", *(identified(number) for number in range(KEPT, KEPT + 500))))
    screen, terminal = pty.openpty()
    termios.tcflow(terminal, termios.TCOOFF)
    process = full.start("export", "contacts", *period, "--out", str(out), stderr=terminal)
    until(part.exists)
    process.send_signal(signal.SIGINT)
    termios.tcflow(terminal, termios.TCOON)
    process.communicate(timeout=30)
    said = os.read(screen, 4096).decode()
    assert process.returncode == 130 and "Interrompu" in said and "gardé" in said
    for end in (screen, terminal):
        os.close(end)
    assert (out.exists(), part.exists()) == (False, False)
    assert full("check")[0] == 0
    assert full("export", "contacts", *period, "--out", str(out))[1]["rows"] == KEPT + 500


@pytest.mark.parametrize("room", [0, 64 * 1024])
def test_without_room_nothing_is_lost_and_the_same_file_is_kept_later(full: Laptop, tmp_path: Path, room: int) -> None:
    limit = room and (full.folder / "store.db").stat().st_size + room
    file = write(tmp_path / "more.jsonl", *(identified(number) for number in range(KEPT - 10, KEPT + 300)))
    code, answer, said = full(
        "register", "--from", file, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert (code, answer) == (2, [])
    one_sentence(said, "disque est plein", "perdu", "Libérez de la place")
    code, answer, _ = full("register", "--from", file)
    assert (code, answer["taken"] + answer["already"], answer["refused"]) == (0, 310, [])
    status = full("status")[1]
    assert (status["people"], status["encounters"]) == (KEPT + 300, KEPT + 300)
