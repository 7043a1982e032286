"""The office's answers come back: read from whatever a spreadsheet made of the file, kept once, told to the laptops."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from milomobile.reports import handovers as columns
from sync.server import erasing, filled, merge, upcasting
from sync.server import office as acts
from sync.server.tables import Change, Entity, Journal
from tests.server.conftest import NOW, PERSON, Office

INES = PERSON | {"birth_date": "2007-03-12"}
YANIS = {"given_name": "Yanis", "birth_name": "Pont", "birth_date": "2004-01-02", "phone": "+33611111111", "sex": "M"}
HEAD = [column.title for column in columns.COLUMNS]


def row(id: str, **answers: Any) -> list[Any]:
    """A line of the file, as written for Inès where nothing else is said."""
    known = {"id": id, "birth_name": "Boussole", "given_name": "Inès", "birth_date": date(2007, 3, 12)}
    return [(known | answers).get(column.key, "") for column in columns.COLUMNS]


def workbook(file: Path, *rows: list[Any], head: list[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    for cells in (head, *rows):
        book.active.append(cells)
    book.save(file)
    return file


def text(*rows: list[Any], mark: str = ";", encoding: str = "utf-8-sig", head: list[str] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def said(office: Office, person: str) -> dict[str, Any]:
    with office.store.read() as session:
        here = (Entity.entity == "person", Entity.entity_id == person)
        return merge.shown(dict(session.execute(select(Entity.state).where(*here)).scalar_one()))


def know(office: Office) -> Any:
    van = office.laptop("a")
    van.say("person", "p1", set=INES | {"handover": "A_RATTACHER"})
    van.say("person", "p2", set=YANIS | {"handover": "A_RATTACHER"})
    van.say("appointment", "r1", set={"person": "p1", "at": "2026-11-20T10:00:00+01:00", "place": "Lauriers"})
    van.send()
    return van


def test_a_name_of_another_beside_the_right_date_is_said(office: Office, tmp_path: Path) -> None:
    """Somebody sorted the column of names alone, or corrected a name: only a reader can tell."""
    know(office)
    [told] = office(
        "import", "rattachements", str(workbook(tmp_path / "x.xlsx", row("p1", birth_name="Pont", scheme="CEJ")))
    )
    assert told["taken"] == 1
    assert [(one["line"], one["field"]) for one in told["warned"]] == [(2, "birth_name")]


def test_answers_are_kept_once_and_told(office: Office, tmp_path: Path) -> None:
    van = know(office)
    answers = {"result": "Dossier I-MILO créé (n° saisi)", "imilo_number": 1234567, "scheme": "CEJ"}
    file = workbook(tmp_path / "rempli.xlsx", row("p1", **answers, appointment_status="Présent"), row("p2"))
    want = {"taken": 1, "already": 0, "empty": 1, "warned": [], "refused": []}
    assert office("import", "rattachements", str(file)) == [want]
    assert said(office, "p1").items() >= {"handover": "RATTACHE", "imilo_number": 1234567, "scheme": "CEJ"}.items()
    told = office.told("verdicts")
    assert {"person": "p1", "handover": "RATTACHE", "imilo_number": 1234567, "scheme": "CEJ"} in told
    assert {"appointment": "r1", "status": "PRESENT"} in told
    assert office("import", "rattachements", str(file)) == [want | {"taken": 0, "already": 1}]
    assert office.told("verdicts") == told
    van.say(
        "person", "p1", "update", set={"handover": "REFUS", "scheme": "PACEA", "phone": "+33600000000"}, at=NOW + 99_000
    )
    van.send(4, 4, (3, van.chain(3)))
    assert said(office, "p1").items() >= {"handover": "RATTACHE", "scheme": "CEJ", "phone": "+33600000000"}.items()
    with office.store.read() as session:
        assert session.execute(select(Journal.what, Journal.id)).all() == [("import rattachements", "p1")]


def test_each_wrong_line_is_told_and_the_others_are_kept(office: Office, tmp_path: Path) -> None:
    know(office)
    with office.store.write() as session:
        erasing.erase(session, "p2", "demande", "x1", NOW)
    file = workbook(
        tmp_path / "rempli.xlsx",
        row("p1", result="Peut-être"),
        row("nobody", result="REFUS"),
        row("p2", result="REFUS"),
        row("p1", imilo_number="12 34 A"),
        row("", imilo_number=12),
        row("p1", birth_name="Pont", given_name="Yanis", birth_date=date(2004, 1, 2), result="REFUS"),
        row("p1", result="Refus du jeune"),
    )
    done = office.run("import", "rattachements", str(file))
    assert done.returncode == 1
    assert [line.split(" : ")[0] for line in done.stderr.splitlines()] == [f"Ligne {n}" for n in range(2, 8)]
    for word in ("Choisissez", "ne connaît personne", "effacée", "nombre", "pas d’identifiant", "triée seule"):
        assert word in done.stderr
    assert said(office, "p1")["handover"] == "REFUS"


def test_two_lines_that_contradict_are_both_refused_with_their_numbers(office: Office, tmp_path: Path) -> None:
    know(office)
    file = workbook(tmp_path / "rempli.xlsx", row("p1", result="REFUS"), row("p1", result="SANS_SUITE"))
    done = office.run("import", "rattachements", str(file))
    assert done.returncode == 1 and done.stderr.count("Les lignes 2 et 3") == 2
    assert said(office, "p1")["handover"] == "A_RATTACHER"


def test_many_lines_that_contradict_name_the_first_ones(office: Office, tmp_path: Path) -> None:
    know(office)
    many = [row("p1", result=("REFUS", "SANS_SUITE")[at % 2]) for at in range(3000)]
    done = office.run("import", "rattachements", str(workbook(tmp_path / "rempli.xlsx", *many)))
    assert done.returncode == 1 and done.stderr.count("Les lignes 2, 3, 4, 5, 6 et 2995 autres parlent") == 3000
    assert len(done.stdout) + len(done.stderr) < 3000 * 800


def test_who_was_merged_is_answered_as_who_they_became(office: Office, tmp_path: Path) -> None:
    van = know(office)
    van.say("person", "p3", set=INES | {"phone": "+33699999999"})
    van.send(4, 4, (3, van.chain(3)))
    office("merge", "p1", "p3")
    file = workbook(tmp_path / "rempli.xlsx", row("p1", imilo_number=77.0, appointment_status="Absent"))
    [report] = office("import", "rattachements", str(file))
    assert (report["taken"], report["warned"]) == (1, [])
    assert said(office, "p3").items() >= {"imilo_number": 77, "handover": "RATTACHE"}.items()
    told = {one["person"] for one in office.told("verdicts") if "person" in one}
    assert told == {"p1", "p3"}
    assert office("import", "rattachements", str(file))[0]["already"] == 1


def test_doubts_are_said_and_the_line_is_kept(office: Office, tmp_path: Path) -> None:
    know(office)
    yanis = {"birth_name": "Pont", "given_name": "Yanis", "birth_date": date(2004, 1, 2)}
    file = workbook(
        tmp_path / "rempli.xlsx",
        row("p1", imilo_number=5),
        row("p2", imilo_number=5, appointment_status="Présent", **yanis),
    )
    [report] = office("import", "rattachements", str(file))
    assert report["taken"] == 2
    assert [one["field"] for one in report["warned"]] == ["imilo_number", "appointment_status"]


def test_the_office_s_answers_outlive_an_erasure_of_nobody_else(office: Office, tmp_path: Path) -> None:
    know(office)
    office("import", "rattachements", str(workbook(tmp_path / "a.xlsx", row("p1", imilo_number=5))))
    office("erase", "p1", "--reason", "demande")
    with office.store.read() as session:
        lines = session.execute(select(Change.line).where(Change.node == merge.OFFICE)).scalars().all()
        assert lines == [None] and office_states(session) == {"p2"}
    with office.store.write() as session:
        assert upcasting.judge_again(session, NOW) == 0


def office_states(session: Any) -> set[str]:
    return {id for id, _ in acts.states(session)}


MANGLED = {
    "semicolon, UTF-8": text(row("p1", imilo_number="0012", result="REFUS")),
    "comma, cp1252": text(row("p1", imilo_number=12, result="refus du jeune"), mark=",", encoding="cp1252"),
    "tabulator, UTF-16": text(row("p1", imilo_number="12.0", result="REFUS"), mark="\t", encoding="utf-16"),
    "guarded": text(row("p1", imilo_number="'12", result="'REFUS")),
    "serial date": text(row("p1", birth_date="39153", imilo_number="12,0", result="REFUS")),
    "sep= line": b"sep=;\r\n" + text(row("p1", imilo_number=12, result="REFUS"), encoding="utf-8"),
    "others' columns, another order": text(
        ["Mme X", 12, "p1", "Refus du jeune"],
        head=["Suivi par", columns.NUMBER.title, "IDENTIFIANT", "Resultat du rattachement"],
    ),
    "keys": text(["p1", 12, "REFUS"], head=["id", "imilo_number", "result"]),
}


@pytest.mark.parametrize("name", MANGLED)
def test_whatever_a_spreadsheet_made_of_it_is_read(name: str) -> None:
    [one] = filled.said(MANGLED[name])
    assert (one.person, one.answers, one.wrong) == ("p1", {"imilo_number": 12, "result": "REFUS"}, None)
    assert one.born in (None, date(2007, 3, 12))


@pytest.mark.parametrize("wrong", [b"", b"\0\1", b"PK\3\4 broken", b"a;b\n1;2\n", b"Identifiant;Nom\np1;x"])
def test_another_file_is_refused_in_a_sentence(office: Office, tmp_path: Path, wrong: bytes) -> None:
    (tmp_path / "autre.xlsx").write_bytes(wrong)
    office.refused("import", "rattachements", str(tmp_path / "autre.xlsx"), sentence="Rien n’a été modifié")
    office.refused("import", "rattachements", str(tmp_path / "absent.xlsx"), sentence="Rien n’a été modifié")


def test_an_unknown_answer_is_told_without_its_words() -> None:
    [told] = filled.said(text(row("p1", result="Boussole Inès 06 12 34 56 78")))
    assert told.wrong and "ne connaît pas cette réponse" in told.wrong[1] and "Boussole" not in told.wrong[1]
