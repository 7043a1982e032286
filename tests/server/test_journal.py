"""The office's journal: each act of the command line and each laptop that comes is a line of it, in words that the file says."""

import csv
from pathlib import Path

from milomobile.domain.journal import WORDS
from tests.flows.processes import Laptop as Van
from tests.flows.processes import Office as Serving
from tests.flows.processes import enrol, identified, write
from tests.server.conftest import PERSON, Office


def noted(office: Office | Serving, out: Path) -> list[tuple[str, str, str]]:
    """(code, what the file says of it, of whom or what) of every line."""
    office("export", "journal", "--from", "2020-01-01", "--to", "2100-01-01", "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as text:
        return [(one["Code"], one["Quoi"], one["Identifiant"]) for one in csv.DictReader(text, delimiter=";")]


def test_each_act_of_the_office_is_a_line(office: Office, tmp_path: Path) -> None:
    van = office.laptop("a")
    for person in ("p1", "p2"):
        van.say("person", person, set=PERSON | {"birth_date": "2007-03-12"})
    van.send()
    lists, kept = tmp_path / "lists", tmp_path / "kept"
    lists.mkdir()
    (lists / "partners.csv").write_text("id;name\n1;Apsis\n", encoding="utf-8")
    office("invite", "--label", "Camion 1")
    office("matches")
    office("conflicts")
    office("reference", "load", str(lists))
    office("token", "make", "--label", "tableau", "--file", "contacts")
    office("token", "revoke", "--label", "tableau")
    office("backup", str(kept))
    office("verify", str(kept))
    office("revoke", "a")
    lines = noted(office, tmp_path / "before.csv")
    assert [(what, id) for what, _, id in lines] == [
        ("enrol invited", "Camion 1"),
        ("read list", "1"),
        ("read list", "0"),
        ("import lists", ""),
        ("change token", "tableau"),
        ("change token", "tableau"),
        ("backup", ""),
        ("backup verified", ""),
        ("enrol revoked", "a"),
    ]
    assert {said for _, said, _ in lines} <= set(WORDS.values())
    office.store.close()
    office("restore", str(kept))
    after = [what for what, _, _ in noted(office, tmp_path / "after.csv")]
    assert (after[-1], "enrol revoked" in after) == ("restore", False)


def test_a_laptop_that_comes_and_its_key_are_lines(tmp_path: Path) -> None:
    office, van = Serving(tmp_path / "server"), Van(tmp_path / "profile")
    assert van("init", "--adviser", "Camille Lanterne")[0] == 0
    office.start()
    try:
        enrol(van, office)
        assert van("register", "--from", write(tmp_path / "day.jsonl", identified(1)))[0] == 0
        assert van("bundle", "export", str(tmp_path / "key.milo"))[0] == 0
        office("ingest", str(tmp_path / "key.milo"))
    finally:
        office.stop()
    device = office("devices")[0]["id"]
    lines = [(what, id) for what, _, id in noted(office, tmp_path / "journal.csv")]
    assert [what for what, _ in lines] == ["enrol invited", "enrol", "sync bundle"]
    assert lines[1:] == [("enrol", device), ("sync bundle", device)]
