"""A file is there whole or not at all, whatever the disk does, and never in the place of another one."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from milomobile.actions import files
from milomobile.actions.open import Profile
from milomobile.domain.files import Asked, form_of, free
from milomobile.errors import NoRoom, NotReady
from milomobile.reports import safely
from tests.conftest import NOW, line
from tests.reports.test_office_file import DAY, add

_LIMITED = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
form, most, codes = sys.argv[2], int(sys.argv[3]), "codes" in sys.argv[4:]
secret = "Un mot de passe 2026." if "zip" in sys.argv[4:] else None
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from tests.reports.test_office_file import LISTS, DAY, many
from milomobile.domain.files import Asked
from milomobile.errors import NoRoom
from milomobile.reports import contacts, office_file
asked = Asked("contacts", DAY, DAY, form, codes=codes)
try:
    office_file.write(contacts.LAYOUT, many(MANY), asked, LISTS, Path(sys.argv[1]), DAY, password=secret)
except NoRoom as wrong:
    print(wrong)
"""


@pytest.mark.parametrize("more", [(), ("codes", "zip")])
@pytest.mark.parametrize(("form", "lines"), [("csv", 4_000), ("xlsx", 4_000), ("jsonl", 4_000), ("xlsx", 300)])
@pytest.mark.parametrize("most", [100, 5_000, 30_000])
def test_a_full_disk_is_one_sentence_and_no_file_at_all(
    tmp_path: Path, form: str, lines: int, most: int, more: Sequence[str]
) -> None:
    """Wherever the disk ends: in the head, among the lines, as the ZIP is closed, in the second file, in the schema."""
    limited = _LIMITED.replace("MANY", str(lines))
    done = subprocess.run(
        [sys.executable, "-c", limited, str(tmp_path / f"x.{form}"), form, str(most), *more],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    if done.stdout:
        assert done.stdout.startswith("Le disque est plein\u00a0: x") and len(done.stdout.splitlines()) == 1
        assert list(tmp_path.iterdir()) == []
    else:
        assert most == 30_000 and not [file for file in tmp_path.iterdir() if file.suffix == ".part"]
    assert done.stderr == ""


def test_what_hinders_is_told_in_one_sentence_each(tmp_path: Path) -> None:
    place = tmp_path / "x.csv"
    denied = PermissionError(errno.EACCES, "denied")
    assert "en lecture seule" in safely.sentence(place, denied)
    assert "en lecture seule" in safely.sentence(place, OSError(errno.EROFS, "read-only"))
    with pytest.raises(NoRoom, match="absent n’existe pas"), safely.written(tmp_path / "absent" / "x.csv"):
        pass
    place.touch()
    assert "ouvert dans un tableur" in safely.sentence(place, denied)
    with pytest.raises(NoRoom, match="en lecture seule"), safely.written(Path("/sys/x.csv")):
        pass
    place.unlink()
    with pytest.raises(NoRoom, match="/proc ne prend pas de fichiers"), safely.written(Path("/proc/x.csv")):
        pass
    with pytest.raises(NoRoom, match="trop long"), safely.written(tmp_path / f"{'x' * 300}.csv"):
        pass
    with safely.written(place) as out:
        out.write(b"entier")
    assert place.read_bytes() == b"entier" and place.stat().st_mode & 0o777 == 0o600


def test_what_stands_beside_is_neither_followed_nor_kept_open_to_others(tmp_path: Path) -> None:
    place, beside, victim = tmp_path / "x.csv", tmp_path / "x.csv.part", tmp_path / "victim"
    victim.write_text("intact")
    beside.symlink_to(victim)
    with pytest.raises(NoRoom, match="n’est pas un fichier ordinaire"), safely.written(place) as out:
        out.write(b"un")
    assert (victim.read_text(), place.exists(), beside.is_symlink()) == ("intact", False, True)
    beside.unlink()
    beside.touch()
    beside.chmod(0o666)
    with beside.open() as spy, safely.written(place) as out:
        out.write(b"deux")
        out.flush()
        assert spy.read() == "" and beside.stat().st_mode & 0o777 == 0o600
    assert place.read_bytes() == b"deux" and place.stat().st_mode & 0o777 == 0o600
    beside.mkdir()
    with pytest.raises(NoRoom), safely.written(place, replace=True):
        pass
    assert place.read_bytes() == b"deux" and beside.is_dir()


SPECIAL: dict[str, Callable[[Path], object]] = {
    "fifo": os.mkfifo,
    "link": lambda place: place.symlink_to(place.with_name("victim")),
    "dangling": lambda place: place.symlink_to(place.with_name("nothing")),
    "folder": Path.mkdir,
    "socket": lambda place: socket.socket(socket.AF_UNIX).bind(str(place)),
}


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("kind", SPECIAL)
def test_what_is_no_file_is_never_replaced(tmp_path: Path, kind: str, replace: bool) -> None:
    """Neither where the file is to stand nor where it is written meanwhile."""
    (tmp_path / "victim").write_text("intact")
    for name in ("x.csv", "y.csv.part"):
        SPECIAL[kind](tmp_path / name)
        before = (tmp_path / name).lstat()
        place = tmp_path / name.removesuffix(".part")
        with (
            pytest.raises(NoRoom, match="Rien n’est écrit"),
            safely.written(place, replace=replace) as out,
        ):
            out.write(b"x")
        assert ((tmp_path / name).lstat().st_ino, (tmp_path / name).lstat().st_mode) == (before.st_ino, before.st_mode)
    assert {one.name for one in tmp_path.iterdir()} == {"victim", "x.csv", "y.csv.part"}
    assert (tmp_path / "victim").read_text() == "intact"


def test_a_file_that_is_there_stays_unless_somebody_was_asked(profile: Profile, tmp_path: Path) -> None:
    """Every file of an export: none of them is written where one has its name already."""
    add(profile, line())
    for form, taken in (("csv", "x.csv"), ("csv", "x_codes.csv"), ("jsonl", "x.schema.json"), ("xlsx", "x.xlsx")):
        folder = tmp_path / taken
        folder.mkdir()
        (folder / taken).write_text("les réponses du bureau", encoding="utf-8")
        with pytest.raises(NoRoom, match="existe déjà"):
            files.write(profile, Asked("contacts", DAY, DAY, form, codes=True), folder / f"x.{form}", NOW)
        assert [one.read_text(encoding="utf-8") for one in folder.iterdir()] == ["les réponses du bureau"]
    with safely.written(tmp_path / "x.csv" / "x.csv", replace=True) as out:
        out.write(b"neuf")
    assert (tmp_path / "x.csv" / "x.csv").read_bytes() == b"neuf"


def test_what_comes_to_have_the_name_meanwhile_stays_and_the_others_go(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match="existe déjà"), safely.together() as begin:
        for name in ("a.csv", "b.csv"):
            begin(tmp_path / name, None, "").write(b"x")
        (tmp_path / "b.csv").write_text("d’un autre", encoding="utf-8")
    assert {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()} == {"b.csv": "d’un autre"}


def test_the_name_proposed_is_one_that_nothing_has(tmp_path: Path) -> None:
    assert free(tmp_path / "a_v1.xlsx").name == "a_v1.xlsx"
    (tmp_path / "a_v1.xlsx").touch()
    (tmp_path / "a_v1_2.json").symlink_to(tmp_path / "nothing")
    assert free(tmp_path / "a_v1.xlsx").name == "a_v1_2.xlsx"
    assert free(tmp_path / "a_v1.xlsx", ".json").name == "a_v1_3.xlsx"


@pytest.mark.parametrize(
    ("name", "given", "form"),
    [
        ("x.XLSX", None, "xlsx"),
        ("x.jsonl", None, "jsonl"),
        ("x.txt", None, "csv"),
        ("x", "xlsx", "xlsx"),
        ("x.csv", "csv", "csv"),
    ],
)
def test_the_ending_says_the_format_where_nothing_else_does(name: str, given: str | None, form: str) -> None:
    assert form_of(Path(name), given) == form
    for other_kind in ("x.xls", "x.ODS", "x.pdf"):
        with pytest.raises(NotReady, match="autre sorte"):
            form_of(Path(other_kind), given)
    for ends, other in (("csv", "xlsx"), ("xlsx", "csv"), ("jsonl", "csv")):
        with pytest.raises(NotReady, match="Rien n’est écrit"):
            form_of(Path(f"x.{ends}"), other)
