"""The office's files over all laptops: as on one laptop where there is one, merges joined, on either database."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from milomobile import reference
from milomobile.actions import files as on_laptop
from milomobile.actions import invent, merging, rights
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.files import Asked, free
from milomobile.domain.reading import read
from milomobile.reports.handovers import NUMBER, RESULT, SCHEME
from milomobile.store.tables import Outbox
from sync.records import Batch
from sync.server import files, ledger
from sync.server import office as office_acts
from sync.server.outward import feed
from sync.server.store import Store
from sync.server.tables import Device
from tests.conftest import NOW, line
from tests.server.conftest import EPOCH, KEY, Laptop, Office

DAYS = (date(2026, 1, 1), date(2026, 12, 31))
LATER = round(NOW.timestamp() * 1000) + 60_000
PLACE = {"name": "Marché de Borny", "setting": "ARRET_MILO_MOBILE", "commune": "57463"}
INES = {"given_name": "Inès", "birth_name": "Boussole", "birth_date": "2007-03-12", "sex": "F", "phone": "+33353011234"}
MET = {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "pl", "adviser": "C. L.", "needs": ["SANTE"]}


def add(profile: Profile, made: dict[str, Any]) -> str:
    record, problems = read(made, reference.lists(), NOW)
    assert record, problems
    return register(profile, record, NOW).person or ""


def send(profile: Profile, store: Store) -> None:
    with profile.store.read() as session:
        lines = list(session.execute(select(Outbox.line).order_by(Outbox.seq)).scalars())
    with store.write() as session:
        row = {"id": "a", "label": "a", "public_key": KEY, "enrolled": LATER, "hwm": 0}
        session.execute(insert(Device).values(**row))
        ledger.take(session, "server", "a", EPOCH, Batch(1, tuple(lines)), (0, "0" * 64), LATER)


def cells(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


def test_one_laptop_and_the_server_write_the_same_lines(profile: Profile, store: Store, tmp_path: Path) -> None:
    for made in invent.lines(30, 60, 3, NOW):
        add(profile, {**made, "needs": ["EMPLOI", "SANTE"]} if made["kind"] == "named" else made)
    two = [add(profile, line(recall_on="2026-11-25", person__given_name=name)) for name in ("Inès", "Inessa")]
    merging.merge(profile, two[1], two[0], NOW)
    limited = add(profile, line(person__given_name="Luc", person__phone="03 53 01 45 19", recall_on="2026-11-25"))
    rights.restrict(profile, limited, True, NOW)
    send(profile, store)
    for what in ("contacts", "rattachements", "rappels"):
        asked = Asked(what, *DAYS, codes=True)
        here = on_laptop.write(profile, asked, tmp_path / f"{what}_here.csv", NOW)
        there = files.write(store, asked, tmp_path / f"{what}_there.csv", LATER)
        assert here.rows == there.rows > 0 and here.naming and here.notes == there.notes
        for mine, office in zip(here.files, there.files, strict=True):
            by_cells = [sorted(map(str, cells(file))) for file in (mine, office)]
            assert by_cells[0] == by_cells[1]


def test_two_laptops_together_and_merged(store: Store, laptop: Callable[[str], Laptop], tmp_path: Path) -> None:
    one, two = laptop("a"), laptop("b")
    one.say("place", "pl", set=PLACE)
    one.say(
        "person", "p1", set={**INES, "handover": "A_RATTACHER", "guardian": {"name": "Vera", "phone": "+33353014510"}}
    )
    one.say("encounter", "e1", set={**MET, "person": "p1", "situation": {"category": "EMPLOI"}})
    one.say("encounter", "e0", set={"kind": "group", "at": "2026-11-24T09:00:00+01:00", "place": "pl", "women": 3})
    one.say("encounter", "gone", set={**MET, "withdrawn": True})
    one.send()
    two.say("person", "p2", set={**INES, "email": "a@b.fr", "handover": "A_RATTACHER", "same_as": "p1"})
    two.say(
        "encounter", "e2", set={**MET, "at": "2026-11-24T16:00:00+01:00", "person": "p2", "recall_on": "2026-11-26"}
    )
    two.say("appointment", "m1", set={"at": "2026-11-26T10:00:00+01:00", "place": "Lauriers", "encounter": "e2"})
    two.send()
    told = files.write(store, Asked("contacts", *DAYS), tmp_path / "c.csv", LATER)
    rows = cells(told.files[0])
    assert [row["Type"][:7] for row in rows] == ["Groupe ", "Contact", "Contact"]
    assert [row["Courriel"] for row in rows] == ["", "a@b.fr", "a@b.fr"]
    assert (rows[0]["Femmes"], rows[1]["Femmes"], rows[2]["RDV le"]) == ("3", "1", "26/11/2026 10:00")
    assert rows[1]["Lieu"] == "Marché de Borny" and rows[1]["Commune du lieu"] == "Metz"
    (row,) = cells(files.write(store, Asked("rattachements", *DAYS), tmp_path / "r.csv", LATER).files[0])
    assert (row["Identifiant"], row["Représentant légal"]) == ("p1", "Vera, 03 53 01 45 10")
    (row,) = cells(files.write(store, Asked("rappels", *DAYS), tmp_path / "a.csv", LATER).files[0])
    assert (row["Identifiant"], row["À recontacter le"], row["Demandes"]) == ("p1", "26/11/2026", "")


def test_every_file_in_every_form_from_the_command_line(office: Office, tmp_path: Path) -> None:
    known = office.laptop("a")
    known.say("place", "pl", set=PLACE)
    known.say("person", "p1", set={**INES, "handover": "A_RATTACHER"})
    known.say("encounter", "e1", set={**MET, "person": "p1", "recall_on": "2026-11-26"})
    known.send()
    lists = tmp_path / "lists"
    lists.mkdir()
    head = "id;structure;name;themes;phone;updated\n"
    (lists / "directory.csv").write_text(f"{head}1;Maison;Aide;mobilite numerique;+33353010001;2026-01-02\n", "utf-8")
    office("reference", "load", str(lists))
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    for what, rows in (("contacts", 1), ("rattachements", 1), ("rappels", 1), ("annuaire", 1)):
        for form in ("csv", "xlsx", "jsonl"):
            out = tmp_path / f"{what}.{form}"
            assert office("export", what, *period, "--format", form, "--out", str(out)) == [
                {"rows": rows, "file": str(out)}
            ]
    assert load_workbook(tmp_path / "rattachements.xlsx").worksheets[0]["A2"].value == "p1"
    (service,) = map(json.loads, (tmp_path / "annuaire.jsonl").read_text(encoding="utf-8").splitlines())
    assert (service["service"], service["themes"], service["updated"]) == (
        "Aide",
        ["mobilite", "numerique"],
        "2026-01-02",
    )
    out = tmp_path / "journal.csv"
    office("export", "journal", "--from", "2020-01-01", "--to", "2100-01-01", "--out", str(out))
    assert {row["Code"] for row in cells(out)} >= {"export contacts", "export annuaire"}
    out = tmp_path / "figures.xlsx"
    key = office.folder / "referents.key"
    office("export", "statistiques", *period, "--format", "xlsx", "--out", str(out), "--key", str(key))
    assert len(load_workbook(out).sheetnames) == 12


def test_what_cannot_be_is_one_sentence(office: Office, tmp_path: Path) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    back = ("--from", "2026-12-31", "--to", "2026-01-01")
    out = str(tmp_path / "x.csv")
    office.refused("export", "contacts", *back, "--out", out, sentence="finit avant")
    office.refused("export", "contacts", *period, "--out", str(tmp_path), sentence="dossier")
    office.refused("export", "contacts", *period, "--out", str(tmp_path / "no" / "x"), sentence="n’existe pas")
    office.refused("export", "contacts", *period, "--out", out, "--columns", "Nimporte", sentence="Nimporte")
    office.refused("export", "contacts", *period, "--out", out, "--columns", "", sentence="Aucune colonne")
    office.refused("export", "contacts", *period, "--out", out, "--format", "xlsx", sentence="--format")
    office.refused("export", "contacts", *period, "--out", "/proc/x.csv", sentence="/proc ne prend pas de fichiers")
    long = str(tmp_path / ("x" * 300))
    for asked in (("export", "contacts", *period, "--out", long), ("backup", long), ("reference", "load", long)):
        office.refused(*asked, sentence="trop long")
    for asked in (("import", "rattachements", long), ("ingest", long), ("verify", long), ("restore", long)):
        office.refused(*asked, sentence="")
    assert not Path(out).exists()


def test_the_server_s_own_folder_takes_no_file(office: Office, tmp_path: Path) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    (tmp_path / "door").symlink_to(office.folder)
    (tmp_path / "file.csv").symlink_to(office.folder / "identity.json")
    (office.folder / "away.csv").symlink_to(tmp_path / "x.csv")
    before = {file: file.read_bytes() for file in office.folder.iterdir() if file.suffix == ".json"}
    inside = [office.folder / "identity.json", office.folder / ".." / office.folder.name / "x", tmp_path / "door" / "x"]
    for out in (*inside, tmp_path / "file.csv", office.folder / "away.csv"):
        office.refused("export", "contacts", *period, "--out", str(out), sentence="dossier du serveur")
        office.refused("ingest", str(tmp_path / "x"), "--receipt", str(out), sentence="dossier du serveur")
    assert before and all(file.read_bytes() == kept for file, kept in before.items())


@pytest.mark.parametrize("what", ["contacts", "rattachements", "rappels", "statistiques", "annuaire", "journal"])
def test_nothing_yet_is_a_file_with_titles(store: Store, tmp_path: Path, what: str) -> None:
    told = files.write(store, Asked(what, *DAYS), tmp_path / "x.csv", LATER)
    lines = told.files[0].read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].count(";") == len(files.LAYOUTS[what].columns) - 1
    empty = "L’annuaire n’a aucun service" if what == "annuaire" else "Rien sur cette période"
    assert (told.rows == 0) == (empty in told.notes[0])


def test_what_is_exported_filled_in_and_taken_back(office: Office, tmp_path: Path) -> None:
    known = office.laptop("a")
    known.say("place", "pl", set=PLACE)
    for number in (1, 2):
        person = {**INES, "given_name": f"Inès{'ab'[number - 1]}", "handover": "A_RATTACHER"}
        known.say("person", f"p{number}", set=person)
        known.say(
            "encounter", f"e{number}", set={**MET, "at": f"2026-11-24T1{number}:00:00+01:00", "person": f"p{number}"}
        )
    known.send()
    period = ("--from", "2026-01-01", "--to", "2026-12-31", "--format", "xlsx")
    out = tmp_path / "rattachements.xlsx"
    office("export", "rattachements", *period, "--out", str(out))
    book = load_workbook(out)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    choice = next(
        one for one in sheet.data_validations.dataValidation if sheet.cell(2, at[RESULT.title]).coordinate in one
    )
    sheet.cell(2, at[RESULT.title], choice.formula1.strip('"').split(",")[1])
    sheet.cell(2, at[NUMBER.title], "1234567")
    sheet.cell(2, at[SCHEME.title], "Contrat d'engagement jeune")
    book.save(out)
    (answer,) = office("import", "rattachements", str(out))
    assert (answer["taken"], answer["already"], answer["refused"]) == (1, 0, [])
    (answer,) = office("import", "rattachements", str(out))
    assert (answer["taken"], answer["already"], answer["refused"]) == (0, 1, [])
    office.refused("export", "rattachements", *period, "--out", str(out), sentence="existe déjà")
    (answer,) = office("import", "rattachements", str(out))
    assert (answer["taken"], answer["already"], answer["refused"]) == (0, 1, [])
    again = tmp_path / "again.xlsx"
    assert office("export", "rattachements", *period, "--out", str(again))[0]["rows"] == 1
    contacts = tmp_path / "contacts.csv"
    office("export", "contacts", *period[:4], "--out", str(contacts))
    assert [row["N° dossier I-MILO"] for row in cells(contacts)] == ["1234567", ""]


@pytest.mark.parametrize("ask", ["restricted", "objected"])
@pytest.mark.parametrize(("limited", "other"), [("p1", "p2"), ("p2", "p1")])
@pytest.mark.parametrize("lifted", [False, True])
def test_who_limits_one_of_two_files_is_named_by_neither(
    store: Store, laptop: Callable[[str], Laptop], tmp_path: Path, ask: str, limited: str, other: str, lifted: bool
) -> None:
    van = laptop("a")
    van.say("place", "pl", set=PLACE)
    for place, who in enumerate(("p1", "p2")):
        agrees = {"handover": "A_RATTACHER", "agrees": {"sms": True}}
        van.say("person", who, set={**INES, **agrees, "birth_date": f"200{6 + place}-03-12"})
        met = {**MET, "at": f"2026-11-24T1{place}:00:00+01:00", "person": who, "recall_on": "2026-11-26"}
        van.say("encounter", f"e{who}", set=met)
    van.say("person", limited, "update", set={ask: True})
    if lifted:
        van.say("person", other, "update", set={ask: True})
        van.say("person", other, "update", set={ask: False})
    van.send()

    def named() -> list[str]:
        written = [
            files.write(store, Asked(what, *DAYS), free(tmp_path / f"{what}.csv"), LATER)
            .files[0]
            .read_text("utf-8-sig")
            for what in ("contacts", "rattachements", "rappels")
        ]
        with store.read() as session:
            sent = "".join(user["birth_name"] for _, user in feed.waiting(session, LATER))
        return [str(text.count("Boussole")) for text in (*written, sent)]

    assert named() == ["1", "1", "1", "1"]
    for loser, winner in ((limited, other), (other, limited)):
        with store.write() as session:
            merged = office_acts.unite(session, loser, winner, LATER)
        assert named() == ["0", "0", "0", "0"]
        with store.write() as session:
            office_acts.part(session, merged, LATER)
        assert named() == ["1", "1", "1", "1"]


def test_without_its_line_in_the_journal_the_server_leaves_no_file(store: Store, tmp_path: Path) -> None:
    with store.write() as session:
        session.exec_driver_sql("ALTER TABLE journal RENAME TO away")
    with pytest.raises(Exception, match="journal"):
        files.write(store, Asked("contacts", *DAYS, codes=True), tmp_path / "x.csv", LATER)
    assert list(tmp_path.glob("x*")) == []
