"""Where a document's commands are run: a checkout, a bound laptop, an office that knows people, and what placeholders stand for."""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from milomobile import __version__
from milomobile.reports import handovers
from tests.conftest import ADVISER, PASSWORD
from tests.documents.reading import data
from tests.flows.processes import Laptop, Office, enrol, environment, identified, write
from tests.guided import ROOT
from tests.server.test_rdv_insertion import Other

_SIGNED = "1.1.0"
_CALLS = {
    "milomobile": '-m tests.cheaply milomobile "$@"',
    "milomobile-cli.exe": '-m tests.cheaply milomobile "$@"',
    "milomobile-server": '-m tests.cheaply sync.server "$@"',
    "python": '${CHEAP:+-m tests.cheaply} "$@"',
}
"""What the names that documents call start: this very source, with keys that cost little to guess."""


@dataclass(frozen=True)
class Stage:
    """`folder` is where somebody stands who types; `means` is what a document leaves to be filled in, as (pattern, value)."""

    folder: Path
    means: tuple[tuple[str, str], ...]
    tried: dict[str, str | None] = field(default_factory=dict)
    """What was run already and why it did not work: several documents name the same command."""

    def filled(self, text: str) -> str:
        """The command with every placeholder replaced; a folder that `init` makes is another each time."""
        made = str(self.folder / f"made-{len(list(self.folder.iterdir()))}")
        for pattern, value in (*self.means, ("/var/lib/milomobile-server", made)):
            text = re.sub(pattern, value, text)
        return text

    def start(self, text: str) -> subprocess.Popen[str]:
        """The command as a shell reads it."""
        cheap = "1" if text.startswith("python -m milomobile") else ""
        known = {
            "PATH": f"{self.folder / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin",
            "CHEAP": cheap,
            "MILOMOBILE_PROFILE": str(self.folder / "profile"),
            "MILOMOBILE_PASSWORD": PASSWORD,
            "MILO_RELEASE_PASSWORD": PASSWORD,
            "MILO_TEST_RELEASE": str(self.folder / "resources" / "release"),
            "LC_ALL": "C.UTF-8",
        }
        return subprocess.Popen(
            ["bash", "-c", self.filled(text)],
            cwd=self.folder,
            env=environment(**known),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def set_up(folder: Path, other: Other, database: str) -> Stage:
    """Two people are at the office, a third waits on a USB key; a second laptop is bound, and lost later."""
    _checkout(folder)
    laptop, spare, office = Laptop(folder / "profile"), Laptop(folder / "spare"), Office(folder / "server")
    office.start()
    for one in (laptop, spare):
        assert one("init", "--adviser", ADVISER)[0] == 0
        enrol(one, office)
    assert laptop("register", "--from", write(folder / "day.jsonl", identified(1), identified(2)))[0] == 0
    assert laptop("sync")[0] == 0
    assert laptop("register", "--from", write(folder / "later.jsonl", identified(3)))[0] == 0
    assert laptop("bundle", "export", str(folder / "key.milo"))[0] == 0
    office.stop()
    device = spare("status")[1]["device"]
    met = laptop("find", identified(1)["person"]["birth_name"])[1]["id"]
    _filled_in(folder / "rempli.xlsx", met)
    (folder / "password").write_text("secret-de-la-mission", encoding="utf-8")
    return Stage(
        folder,
        (
            (r"postgresql\+psycopg://milomobile@/milomobile", database),
            (r"\b(?:DIR|DOSSIER)\b", str(office.data)),
            (r"\b(?:DEVICE|POSTE)\b", device),
            (r"\bURL\b", other.url),
            (r"(?<=--organisation )N\b", "7"),
            (r"(?<=--email )M\b", "milo@exemple.fr"),
            (r"(?<=--password-file )F\b", "password"),
            (r"/mnt/backup/", f"{folder}/backup-"),
            (r"X\.Y\.Z", __version__),
            (rf"(?<![/\w])(?=MiloMobile-{_SIGNED}\.milo-release)", "dist/"),
            (r"(?<= )…", "--port 0"),
            (r"^\.venv/", ""),
        ),
    )


def _checkout(folder: Path) -> None:
    """Links to what commands read, and folders of its own for what they write."""
    for name in ("resources", "dist", "bin", "lists"):
        (folder / name).mkdir(parents=True)
    for name in ("installer", "sync", "milomobile", "docs", "tests", "Makefile", "pyproject.toml", "README.md"):
        (folder / name).symlink_to(ROOT / name)
    for file in (*ROOT.glob("*.lock"), *(ROOT / "resources").iterdir()):
        place = folder if file.suffix == ".lock" else folder / "resources"
        if file.name != "release":
            (place / file.name).symlink_to(file)
    for name in (f"MiloMobile-{_SIGNED}-setup.exe", f"milomobile_{_SIGNED}_amd64.deb"):
        (folder / "dist" / name).write_bytes(name.encode() * 999)
    for name, lines in zip(("streets", "directory"), data("docs/lists.md", "csv"), strict=True):
        (folder / "lists" / f"{name}.csv").write_text(lines, encoding="utf-8")
    for name, call in _CALLS.items():
        (folder / "bin" / name).write_text(f"#!/bin/sh\nexec {sys.executable} {call}\n", encoding="utf-8")
        (folder / "bin" / name).chmod(0o755)


def _filled_in(file: Path, person: str) -> None:
    """What the office typed of one person."""
    book = Workbook()
    sheet = book.worksheets[0]
    kept = {"id": person, "imilo_number": 7654321}
    sheet.append(handovers.TITLES)
    sheet.append([kept.get(column.key, "") for column in handovers.COLUMNS])
    book.save(file)
