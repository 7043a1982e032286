"""Files are there whole or not at all, in flat memory, in every form; what is left out of them is said."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from jsonschema_rs import Draft202012Validator
from openpyxl import load_workbook

from milomobile import reference
from milomobile.actions import files, invent, merging, rights
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.files import Asked, delete_by, free
from milomobile.domain.reading import read
from milomobile.errors import Cancelled, NotReady
from milomobile.reports import contacts, handovers, office_file
from milomobile.reports.lists import of_files
from tests.conftest import NOW, PASSWORD, line

DAY = date(2026, 11, 24)
LISTS = of_files(reference.lists(), reference.commune_names(), reference.origin_groups())
HERE = {"at": "2026-11-24T15:00:00+01:00", "place": "Marché de Borny"}


def add(profile: Profile, made: dict[str, Any]) -> str | None:
    record, problems = read(made, reference.lists(), NOW)
    assert record, problems
    return register(profile, record, NOW).person


def rows_of(profile: Profile, folder: Path, what: str, **more: Any) -> list[dict[str, str]]:
    told = files.write(profile, Asked(what, DAY, DAY, **more), free(folder / f"{what}.csv"), NOW)
    with told.files[0].open(encoding="utf-8-sig", newline="") as opened:
        found = list(csv.DictReader(opened, delimiter=";"))
    assert len(found) == told.rows
    return found


def test_who_is_to_be_typed_into_imilo_in_the_order_of_its_screen(profile: Profile, tmp_path: Path) -> None:
    guardian = {"link": "PARENT", "name": "Vera Lanterne", "phone": "03 53 01 45 10"}
    add(profile, line(person__birth_place="Thionville", person__birth_date="2009-03-12", guardian=guardian))
    add(profile, line(person__given_name="Luc", person__phone="03 53 01 45 11", handover="DEJA_DOSSIER"))
    (row,) = rows_of(profile, tmp_path, "rattachements")
    assert tuple(row) == handovers.TITLES
    assert (row["Civilité"], row["Nom de naissance"], row["Prénom"]) == ("Madame", "Boussole", "Inès")
    assert (row["Date de naissance"], row["Commune de naissance"]) == ("12/03/2009", "Thionville")
    assert (row["Commune"], row["Représentant légal"]) == ("Metz", "Vera Lanterne, 03 53 01 45 10")
    assert row["Niveau"].startswith("Sans qualification")
    assert not any(row[answer.title] for answer in handovers.ANSWERS)


def test_who_is_to_be_called_back_until_they_are_met(profile: Profile, tmp_path: Path) -> None:
    add(profile, line(recall_on="2026-11-24", outcome="CONTACTE_SANS_RETOUR", needs=["EMPLOI", "SANTE"]))
    (row,) = rows_of(profile, tmp_path, "rappels")
    assert (row["Nom"], row["Téléphone"], row["Demandes"]) == ("Boussole", "03 53 01 12 34", "Emploi")
    assert (row["À recontacter le"], row["Âge"], row["Résultat du rappel"]) == ("24/11/2026", "19", "")
    add(profile, line(at="2026-11-24T15:45:00+01:00"))
    assert rows_of(profile, tmp_path, "rappels") == []


def test_a_merged_person_is_shown_as_who_they_are_and_once(profile: Profile, tmp_path: Path) -> None:
    first = add(profile, line())
    other = add(profile, line(person__given_name="Inés", person__phone="03 53 01 45 11", person__email="a@b.fr"))
    assert first and other and first != other
    merging.merge(profile, other, first, NOW)
    assert [row["Prénom"] for row in rows_of(profile, tmp_path, "contacts")] == ["Inès", "Inès"]
    assert [row["Prénom"] for row in rows_of(profile, tmp_path, "rattachements")] == ["Inès"]


def test_who_limited_the_use_is_left_out_and_that_is_said(profile: Profile, tmp_path: Path) -> None:
    person = add(profile, line(recall_on="2026-11-24"))
    assert person
    rights.restrict(profile, person, True, NOW)
    for what in ("rattachements", "rappels"):
        assert rows_of(profile, tmp_path, what) == []
    told = files.write(profile, Asked("contacts", DAY, DAY, "xlsx"), tmp_path / "x.xlsx", NOW)
    said = "1 rencontre y est sans nom\u00a0: l’usage de sa fiche est limité."
    assert said in told.notes and any("nominatif" in note for note in told.notes)
    sheet = load_workbook(told.files[0])["À lire"]
    assert tuple(cell.value for cell in sheet["A"]) == told.notes


def test_the_journal_says_what_left_and_why_and_is_a_file_itself(profile: Profile, tmp_path: Path) -> None:
    add(profile, line())
    files.write(profile, Asked("contacts", DAY, DAY, reason="IMILO"), tmp_path / "x.csv", NOW)
    rows = rows_of(profile, tmp_path, "journal")
    assert [row["Code"] for row in rows][-1] == "export contacts IMILO"
    assert all(row["Le"].startswith("24/11/2026 ") for row in rows)
    assert "Boussole" not in str(rows)


def test_codes_and_json_lines_with_their_schema(profile: Profile, tmp_path: Path) -> None:
    add(profile, line(recall_on="2026-11-26"))
    add(profile, {"kind": "anonymous", **HERE, "age_band": "18-21", "sex": "M", "needs": ["LOGEMENT"]})
    told = files.write(profile, Asked("contacts", DAY, DAY, "csv", codes=True), tmp_path / "x.csv", NOW)
    assert [file.name for file in told.files] == ["x.csv", "x_codes.csv"]
    with told.files[1].open(encoding="utf-8-sig", newline="") as opened:
        coded = list(csv.DictReader(opened, delimiter=";"))
    assert (coded[0]["day"], coded[0]["qpv"], coded[0]["phone"]) == ("2026-11-24", "QN05720M", "'+33353011234")
    assert (coded[1]["age"], coded[1]["kind"], coded[1]["needs"]) == ("18-21", "ANONYME", "LOGEMENT")
    told = files.write(profile, Asked("contacts", DAY, DAY, "jsonl"), tmp_path / "x.jsonl", NOW)
    assert [file.name for file in told.files] == ["x.jsonl", "x.schema.json"]
    validator = Draft202012Validator(json.loads(told.files[1].read_bytes()))
    objects = [json.loads(text) for text in told.files[0].read_text(encoding="utf-8").splitlines()]
    for one in objects:
        validator.validate(one)
    assert (objects[0]["age"], objects[1]["age"], objects[0]["recall_on"]) == (19, "18-21", "2026-11-26")


def test_some_columns_only(profile: Profile, tmp_path: Path) -> None:
    add(profile, line())
    keys = files.layout("contacts").keys(["Date", "sex"])
    told = files.write(profile, Asked("contacts", DAY, DAY, columns=keys), tmp_path / "x.csv", NOW)
    assert not told.naming and told.notes[0] == "Fichier sans nom ni téléphone."
    assert told.files[0].read_text(encoding="utf-8-sig").splitlines()[1] == '"24/11/2026";"Femme"'
    with pytest.raises(NotReady, match="«\u00a0nimporte\u00a0»"):
        files.layout("contacts").keys(["nimporte"])
    with pytest.raises(NotReady, match="colonne"):
        files.write(profile, Asked("contacts", DAY, DAY, columns=()), tmp_path / "y.csv", NOW)
    assert not list(tmp_path.glob("y*"))


def test_the_columns_of_the_last_time_come_back_without_names(profile: Profile) -> None:
    assert files.chosen(profile, DAY).what == "contacts"
    files.choose(profile, Asked("contacts", DAY, DAY, "csv", ("day", "birth_name", "sex")))
    again = files.chosen(profile, DAY)
    assert (again.form, again.columns) == ("csv", ("day", "sex"))


def test_figures_leave_with_the_small_ones_hidden(profile: Profile, tmp_path: Path) -> None:
    for number in range(8):
        add(profile, line(person__given_name=f"Inès{'abcdefgh'[number]}", person__phone=f"03 53 01 12 {number:02}"))
    add(profile, {"kind": "anonymous", **HERE, "age_band": "18-21", "sex": "M"})
    rows = rows_of(profile, tmp_path, "statistiques")
    assert {row["Table"] for row in rows} == {f"T{number}" for number in range(1, 12)}
    assert {row["Valeur"] for row in rows if row["Valeur"].isdigit() and row["Table"] == "T2"} & set("1234") == set()
    hidden = {row["Note"] for row in rows if row["Valeur"] == "masqué"}
    assert hidden and all(note.startswith("« masqué » : chiffre de 1 à 4, ou") for note in hidden)
    assert {row["Note"] for row in rows if row["Valeur"] != "masqué"} == {""}
    told = files.write(profile, Asked("statistiques", DAY, DAY, "xlsx"), tmp_path / "x.xlsx", NOW)
    assert told.rows == len(rows) and not told.naming
    book = load_workbook(told.files[0])
    assert [name.split()[0] for name in book.sheetnames] == [f"T{number}" for number in range(1, 12)] + ["À"]
    assert book.sheetnames[4] == "T5 Communes" and book.sheetnames[9] == "T10 Repérer et remobiliser"
    page = book.worksheets[0]
    assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToHeight == 0
    assert {cell.value for row in book.worksheets[1].iter_rows() for cell in row} & {1, 2, 3, 4} == set()
    told = files.write(profile, Asked("statistiques", DAY, DAY, "jsonl"), tmp_path / "x.jsonl", NOW)
    validator = Draft202012Validator(json.loads(told.files[1].read_bytes()))
    for text in told.files[0].read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(text))


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_an_encrypted_zip_holds_each_form(profile: Profile, tmp_path: Path, form: str) -> None:
    add(profile, line())
    told = files.write(profile, Asked("contacts", DAY, DAY, form), tmp_path / f"x.{form}", NOW, PASSWORD)
    with pyzipper.AESZipFile(told.files[0]) as archive:
        archive.setpassword(PASSWORD.encode())
        assert archive.namelist() == [f"x.{form}"]
        content = archive.read(f"x.{form}")
    assert b"Boussole" in content or form == "xlsx"
    if form == "xlsx":
        (tmp_path / "out.xlsx").write_bytes(content)
        assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["K2"].value == "Boussole"


ROW = (DAY, "Lieu", None, None, "RUE", "NOMINATIF", 1, 0, 0, "C. L.", "Boussole", "Inès", DAY, 19, "F", "+33353011234")
ROW += (None,) * (len(contacts.HEADER) - len(ROW))


def many(count: int) -> Iterator[tuple[Any, ...]]:
    return ((DAY + timedelta(days=at % 90), f"Lieu {at}", *ROW[2:]) for at in range(count))


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_memory_is_flat(tmp_path: Path, form: str) -> None:
    peaks = []
    for count in (5_000, 20_000):
        tracemalloc.start()
        told = office_file.write(
            contacts.LAYOUT, many(count), Asked("contacts", DAY, DAY, form), LISTS, tmp_path / f"{count}.{form}", DAY
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert told.rows == count
    assert peaks[1] < peaks[0] + 1_000_000


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_stopped_half_way_nothing_stays(tmp_path: Path, form: str) -> None:
    place = tmp_path / f"x.{form}"
    heard: list[int] = []
    with pytest.raises(Cancelled, match="Rien n’est écrit"):
        office_file.write(
            contacts.LAYOUT,
            many(100_000),
            Asked("contacts", DAY, DAY, form, codes=True),
            LISTS,
            place,
            DAY,
            tell=heard.append,
            stopped=lambda: heard[-1] >= 2_000,
        )
    assert heard == [500, 1000, 1500, 2000]
    assert list(tmp_path.iterdir()) == []


def test_a_lock_half_way_leaves_no_file(profile: Profile, tmp_path: Path) -> None:
    for made in invent.lines(300, 600, 5, NOW):
        add(profile, made)
    period = (date(2020, 1, 1), DAY)
    with pytest.raises(Cancelled):
        files.write(profile, Asked("contacts", *period), tmp_path / "x.csv", NOW, tell=lambda *_: profile.close())
    assert list(tmp_path.glob("x*")) == []


def test_without_its_line_in_the_journal_there_is_no_file(profile: Profile, tmp_path: Path) -> None:
    add(profile, line())
    with profile.store.write() as session:
        session.exec_driver_sql("CREATE TRIGGER no BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        files.write(profile, Asked("contacts", DAY, DAY), tmp_path / "x.csv", NOW)
    assert list(tmp_path.glob("x*")) == []


def test_the_profile_takes_no_export(profile: Profile) -> None:
    with pytest.raises(NotReady, match="dossier du profil"):
        files.write(profile, Asked("contacts", DAY, DAY), profile.folder / "x.csv", NOW)
    assert not (profile.folder / "x.csv").exists()


def test_names_say_what_of_when_in_which_version() -> None:
    assert files.name(Asked("contacts", DAY, DAY)) == "milo_contacts_2026-11-24_v1.csv"
    month = Asked("rappels", date(2026, 11, 1), date(2026, 11, 30), "xlsx")
    assert files.name(month) == "milo_rappels_2026-11-01_2026-11-30_v1.xlsx"
    assert delete_by(DAY) == date(2026, 12, 24)
