"""Somebody erased on one laptop: at the office, on the other laptops, and whatever an old copy still holds."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.conftest import PASSWORD, line
from tests.flows.processes import Laptop, Office, call, enrol, somebody, write


def other_laptop(folder: Path) -> Laptop:
    made = call(
        "milomobile", "--profile", str(folder), "init", "--adviser", "Sacha Marelle", MILOMOBILE_PASSWORD=PASSWORD
    )
    assert made.returncode == 0, made.stderr
    return Laptop(folder)


def told_of(file: Path) -> list[str]:
    """Every line and every state that the office keeps: what its files are made of."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as office:
        lines = office.execute("SELECT line FROM change WHERE line IS NOT NULL").fetchall()
        states = office.execute("SELECT state FROM entity").fetchall()
    return [one[0].decode() if isinstance(one[0], bytes) else one[0] for one in (*lines, *states)]


def test_an_erasure_reaches_everybody_and_nothing_undoes_it(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    other = other_laptop(tmp_path / "other")
    for one in (laptop, other):
        enrol(one, office)
        one("register", "--from", write(tmp_path / "day.jsonl", line(), somebody(3)))
        code, sent, said = one("sync")
        assert code == 0, said
    here, there = laptop("find", "bouss")[1]["id"], other("find", "bouss")[1]["id"]
    office("merge", there, here)
    old = tmp_path / "old"
    shutil.copytree(laptop.folder, old)
    assert other("sync")[0] == 0
    code, answer, said = laptop("person", "erase", here, "--reason", "DEMANDE")
    assert (code, answer, said) == (0, {"erased": 1}, "")
    assert laptop("person", "erase", here, "--reason", "DEMANDE")[0] == 2
    assert laptop("find", "bouss")[1] == []
    late = line(at="2026-11-24T15:10:00+01:00", comment="dit plus tard")
    assert other("register", "--from", write(tmp_path / "late.jsonl", late))[1]["taken"] == 1
    code, sent, _ = laptop("sync")
    assert (code, sent["taken"], sent["waiting"]) == (0, 1, 0)
    code, sent, _ = other("sync")
    assert (sent["gone"] >= 1, sent["waiting"]) == (True, 0)
    assert other("find", "bouss")[1] == []
    held = " ".join(told_of(office.data / "server.db"))
    assert "Nom " in held and "Boussole" not in held and "dit plus tard" not in held
    shutil.rmtree(laptop.folder)
    shutil.copytree(old, laptop.folder)
    assert laptop("find", "bouss")[1]["id"] == here
    laptop("sync")
    assert laptop("find", "bouss")[1] == []
    assert office("stats")["people"] == 2
    period = ("--from", "2026-11-24", "--to", "2026-11-24", "--codes", "--out")
    laptop("export", "contacts", *period, str(tmp_path / "here.csv"))
    office("export", "contacts", *period, str(tmp_path / "there.csv"))
    here, there = ((tmp_path / f"{name}_codes.csv").read_text("utf-8-sig") for name in ("here", "there"))
    assert (here.count('"ANONYME"'), there.count('"ANONYME"')) == (1, 2), (
        "whose contact was erased was met without a name"
    )


def test_the_office_s_erasure_leaves_no_byte_in_its_files(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    enrol(laptop, office)
    marked = line() | {"comment": "projet Zanzibaroise"}
    marked["person"] |= {"birth_name": "Zanzibarette"}
    assert laptop("register", "--from", write(tmp_path / "day.jsonl", marked, somebody(3)))[0] == 0
    assert laptop("sync")[0] == 0
    kept = [office.data / f"server.db{more}" for more in ("", "-wal")]
    assert any(b"Zanzibar" in file.read_bytes() for file in kept if file.exists())
    office("erase", laptop("find", "zanzi")[1]["id"], "--reason", "DEMANDE")
    for file in office.data.rglob("*"):
        assert not file.is_file() or b"Zanzibar" not in file.read_bytes(), file
