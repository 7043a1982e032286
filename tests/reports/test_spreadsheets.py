"""Scenario 11: LibreOffice opens every file, cell by cell as it was meant; nothing runs, nothing is lost."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from milomobile import reference
from milomobile.domain.dates import LOCAL
from milomobile.domain.files import Asked
from milomobile.reports import calls, contacts, deeds, directory, handovers, office_file
from milomobile.reports.columns import Column, Layout
from milomobile.reports.lists import of_files
from milomobile.reports.wording import coded, guard, one_line, plain, said
from tests.reports.spreadsheets import opened_csv, shown

LISTS = of_files(reference.lists(), reference.commune_names(), reference.origin_groups())
DAY = date(2026, 1, 9)
AT = datetime(2026, 1, 9, 14, 5, tzinfo=LOCAL)
AWKWARD = (
    "Éléonore",
    "01200",
    "2+2",
    "1/2",
    "3E5",
    "00352 621 12 34 56",
    "une, virgule; point-virgule\net une ligne",
    "👩‍👩‍👧 🚐 œ ’ « »",
    'un "guillemet"',
    "'apostrophe",
    "<b>&amp;</b> _x0041_",
    "  des espaces  ",
    "TRUE",
    "Олена مريم",
)
RUNS = (
    "=2+2",
    "+33 6 01 02 03 04",
    "-4",
    "@SUM(1+1)",
    "=cmd|'/C calc'!A0",
    "+cmd|' /C notepad'!'A1'",
    '=HYPERLINK("http://127.0.0.1/"&A1;"ici")',
    '=WEBSERVICE("http://127.0.0.1/")',
    "-2+3+cmd|' /C calc'!D2",
    '@IMPORTXML("http://127.0.0.1/","//a")',
    '=DDE("soffice";"/etc/passwd";"A1")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
)
"""CSV injection as OWASP and DDE lists have it."""
COLUMNS = (
    Column("Texte", "text"),
    Column("Jour", "day", "date"),
    Column("Heure", "at", "time"),
    Column("Nombre", "number", "number"),
    Column("Téléphone", "phone", "phone"),
    Column("Sexe", "sex", codes="sexe"),
    Column("Demandes", "needs", "many", codes="demande_dite"),
    Column("Résultat", "result", codes="statut_rattachement", answer=True, choices=("RATTACHE", "REFUS")),
)
LAYOUT = Layout("essai", "Essai", 1, COLUMNS)
ROWS = [(text, DAY, AT, 7, "+33601020304", "F", ("EMPLOI", "LOGEMENT"), None) for text in (*AWKWARD, *RUNS)]
ROWS.append((None,) * 8)


def write(folder: Path, form: str, rows: Any = ROWS, layout: Layout = LAYOUT, **more: Any) -> Path:
    """In the place of the one before: an example of hypothesis has no folder of its own."""
    (folder / f"essai.{form}").unlink(missing_ok=True)
    told = office_file.write(
        layout,
        rows,
        Asked(layout.name, DAY, DAY, form, **more),
        LISTS,
        folder / f"essai.{form}",
        DAY,
        lambda: ["À savoir"],
    )
    assert told.rows == len(rows)
    return told.files[0]


def test_a_workbook_shows_every_cell_as_it_was_meant(tmp_path: Path) -> None:
    sheets = shown(write(tmp_path, "xlsx"), tmp_path)
    header, *lines = sheets["Essai"]
    assert ["À savoir"] in sheets["À lire"]
    assert header == [column.title for column in COLUMNS]
    for line, row in zip(lines, ROWS, strict=False):
        if row[0]:
            assert line[:2] == [one_line(row[0]), "09/01/2026"]
            assert line[2].startswith("09/01/2026 14:05")
            assert line[3:] == ["7", "06 01 02 03 04", "Femme", "Emploi, Logement", ""]


def test_a_csv_opened_in_french_has_right_columns_and_no_formula(tmp_path: Path) -> None:
    header, *lines = opened_csv(write(tmp_path, "csv"), tmp_path)
    assert header == [column.title for column in COLUMNS]
    known_limit = {"01200": 1200, "3E5": 300000, "TRUE": True, "1/2": date(2026, 2, 1)}
    for line, text in zip(lines, AWKWARD, strict=False):
        if text not in known_limit:
            assert line[0] == one_line(text)
        assert line[1] == DAY and line[3] == 7
        assert line[4:7] == ["06 01 02 03 04", "Femme", "Emploi, Logement"]
    for line, text in zip(lines[len(AWKWARD) :], RUNS, strict=False):
        assert isinstance(line[0], str) and one_line(text) in line[0]
        assert line[4:7] == ["06 01 02 03 04", "Femme", "Emploi, Logement"]


def test_a_workbook_is_ready_to_be_filled_in(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(tmp_path, "xlsx")).worksheets[0]
    last = len(ROWS) + 1
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:H{last}"
    (choice,) = sheet.data_validations.dataValidation
    assert str(choice.sqref) == f"H2:H{last}"
    assert choice.formula1 == '"Dossier I-MILO créé (n° saisi),Refus du jeune"'
    assert sheet["B2"].is_date and sheet["B2"].number_format == "dd/mm/yyyy"
    assert sheet["E2"].number_format == sheet["H2"].number_format == "@"
    assert sheet["B2"].value.date() == DAY
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "layout",
    [contacts.LAYOUT, handovers.LAYOUT, calls.LAYOUT, directory.LAYOUT, deeds.LAYOUT],
    ids=lambda one: one.name,
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_empty_file_of_each_kind_has_its_titles(tmp_path: Path, layout: Layout, form: str) -> None:
    file = write(tmp_path, form, [], layout)
    lines = shown(file, tmp_path)[layout.title] if form == "xlsx" else opened_csv(file, tmp_path)
    assert [cell for cell in lines[0] if cell] == [column.title for column in layout.columns]
    assert not any(any(line) for line in lines[1:])


def test_long_lists_to_choose_from_stand_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    row = [None] * len(calls.COLUMNS)
    book = openpyxl.load_workbook(write(tmp_path, "xlsx", [row], calls.LAYOUT))
    (choice,) = book.worksheets[0].data_validations.dataValidation
    hidden = book["Listes"]
    letter = choice.formula1.split("$")[1]
    assert hidden.sheet_state == "hidden"
    assert [cell.value for cell in hidden[letter]] == [LISTS["resultat_contact"][code] for code in calls.RESULT.choices]


def test_each_kind_has_its_words_codes_and_json() -> None:
    for column, value in zip(COLUMNS[1:7], ROWS[0][1:7], strict=True):
        assert said(column, LISTS)(value) and coded(column, LISTS)(value)
    assert coded(COLUMNS[1], LISTS)(DAY) == plain(COLUMNS[1], DAY) == "2026-01-09"
    assert coded(COLUMNS[4], LISTS)("+33601020304") == "'+33601020304"
    assert plain(COLUMNS[4], "+33601020304") == "+33601020304"
    assert plain(COLUMNS[2], AT) == "2026-01-09T14:05+01:00"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=20))
def test_any_text_comes_back_from_a_workbook_and_from_csv_on_one_line(tmp_path: Path, texts: list[str]) -> None:
    rows = [(text, *(None,) * 7) for text in texts]
    sheet = load_workbook(write(tmp_path, "xlsx", rows)).worksheets[0]
    assert [unescape(sheet.cell(at, 1).value) for at in range(2, len(texts) + 2)] == [one_line(text) for text in texts]
    with write(tmp_path, "csv", rows).open(encoding="utf-8-sig", newline="") as opened:
        assert [row[0] for row in csv.reader(opened, delimiter=";")][1:] == [guard(text) for text in texts]
