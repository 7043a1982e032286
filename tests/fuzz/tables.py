"""Readers of the tables that offices keep: lists of people, the directory, answers on handovers; CSV and XLSX."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

from milomobile.actions.directory_file import read_directory
from milomobile.actions.sought_file import read_list
from milomobile.errors import NotOurs
from milomobile.paths import RESOURCES
from milomobile.reports import handovers
from sync.server import filled
from sync.server.wrong import Wrong
from tests.conftest import NOW
from tests.fuzz.target import Target, from_file

LIST = (
    "Liste PSAD\r\n\r\nNom;Prénom;Date de naissance;Tél. portable;Commune;N° sécu\r\n"
    "Boussole;Inès;12/03/2007;06 12 34 56 78;Metz;1\r\nLampion;Noé;39153;;57463;\r\n"
)


def _workbook(rows: list[list[Any]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _stored(raw: bytes, part: str = "", content: bytes = b"") -> bytes:
    """A workbook without packing, so that what is turned in it is its text; one part may be another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name), zipfile.ZIP_DEFLATED if part else None)
    return out.getvalue()


def _bombs(raw: bytes) -> tuple[bytes, ...]:
    sheet, strings = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    laugh = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    return (
        _stored(raw, sheet, start + b"<row><c/></row>" * 4_000_000),
        _stored(raw, sheet, start + b"<row>" + b"<c><v>1</v></c>" * 3_000_000),
        _stored(raw, sheet, start + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'),
        _stored(raw, strings, texts + b"<si><t>a</t></si>" * 5_000_000),
        _stored(raw, strings, texts + b"<si><t>" + b"a" * (400 << 20)),
        _stored(raw, strings, laugh + b"]><sst>&j;</sst>"),
        _stored(raw, sheet, start + b"<a>" * 300_000),
    )


def sought_list(folder: Path) -> Target:
    """An office's list of people: CSV of any kind, XLSX packed and not."""
    rows: list[list[Any]] = [one.split(";") for one in LIST.split("\r\n")]
    raw = _workbook([*rows, ["Boussole", "Inès", NOW.replace(tzinfo=None), 612345678, 57463.0]])
    corpus = [LIST.encode(), LIST.encode("cp1252"), LIST.replace(";", "\t").encode("utf-16"), raw, _stored(raw)]
    read = from_file(folder, "list", lambda file: read_list(file, NOW.date()))
    csv = (
        b'Nom;"' * 800_000,
        b"Nom;Pr\xe9nom\n" + b'"a;b\n' * 300_000,
        b"Nom\n" + b";" * 6_000_000,
        b"a\n" * 6_000_000,
    )
    return Target(corpus, read, (NotOurs,), csv + _bombs(raw))


def filled_file(folder: Path) -> Target:
    """The office's answers on handovers: CSV of any kind, XLSX packed and not."""
    rows: list[list[Any]] = [list(handovers.TITLES), ["p1", *[""] * 14, "REFUS", "1234567", "CEJ", "Présent"]]
    text = "\r\n".join(";".join(cells) for cells in rows)
    raw = _workbook(rows)
    corpus = [text.encode(), text.encode("cp1252"), text.replace(";", ",").encode("utf-16"), raw, _stored(raw)]
    read = from_file(folder, "filled", filled.read)
    csv = (b'Identifiant;"' * 500_000, b"Identifiant\n" + b";" * 6_000_000, b"a\n" * 6_000_000)
    return Target(corpus, read, (Wrong,), csv + _bombs(raw))


def directory_list(folder: Path) -> Target:
    """A file of the directory: JSON, JSON lines, CSV, XLSX."""
    whole = (RESOURCES / "directory" / "exemple_fictif.json").read_bytes()
    entries = json.loads(whole)
    structures = entries["structures"] if isinstance(entries, dict) else entries
    lines = b"\n".join(json.dumps(one, ensure_ascii=False).encode() for one in structures[:3]) + b"\n"
    row = {"id": "s1", "nom": "Antenne", "source": "essai", "date_maj": "2026-01-15", "code_insee": "57463"}
    table = (";".join(row) + "\n" + ";".join(row.values()) + "\n").encode()
    raw = _workbook([list(row), list(row.values())])
    read = from_file(folder, "directory", read_directory)
    bombs = (b"[" * 1_000_000, b'{"services":' + b"[" * 500_000, b"[" + b"{}," * 1_000_000 + b"{}]", *_bombs(raw))
    return Target([whole, lines, table, raw, _stored(raw)], read, (NotOurs,), bombs)
