"""The file `contacts`, read back cell by cell as a spreadsheet would."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile import reference
from milomobile.actions import files
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.files import Asked
from milomobile.domain.reading import read
from milomobile.errors import NoRoom, NotReady
from milomobile.reports.contacts import HEADER
from milomobile.reports.wording import guard
from tests.conftest import NOW, line

DAY = date(2026, 11, 24)


def _export(profile: Profile, folder: Path) -> tuple[bytes, list[dict[str, str]]]:
    out = folder / files.name(Asked("contacts", DAY, DAY))
    files.write(profile, Asked("contacts", DAY, DAY), out, NOW)
    raw = out.read_bytes()
    return raw, list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))


def _add(profile: Profile, made: dict[str, object]) -> None:
    record, problems = read(made, reference.lists(), NOW)
    assert record, problems
    register(profile, record, NOW)


def test_one_line_an_encounter_of_any_kind(profile: Profile, tmp_path: Path) -> None:
    meeting = {"at": "2026-11-26T10:00:00+01:00", "place": "Pôle des Lauriers"}
    _add(
        profile,
        line(appointment=meeting, outcome="RDV_PRIS", origin="PJJ", needs=["EMPLOI", "SANTE"], comment="secret"),
    )
    here = {"at": "2026-11-24T15:00:00+01:00", "place": "Marché de Borny"}
    _add(profile, {"kind": "anonymous", **here, "age_band": "18-21", "sex": "M", "needs": ["LOGEMENT"]})
    _add(profile, {"kind": "group", **here, "women": 3, "men": 5})
    raw, rows = _export(profile, tmp_path)
    assert raw.startswith(b'\xef\xbb\xbf"Date";')
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4
    assert b"secret" not in raw
    first, second, third = rows
    assert list(first) == HEADER
    assert first["Téléphone"] == "03 53 01 12 34"
    assert (first["Date"], first["Âge"], first["RDV le"]) == ("24/11/2026", "19", "26/11/2026 10:00")
    assert (first["Femmes"], first["Hommes"], first["Non précisé"]) == ("1", "0", "0")
    assert first["Origine (regroupée)"] == "Autre partenaire"
    assert first["Demandes"] == "Emploi"
    assert (second["Nom"], second["Âge"], second["Hommes"]) == ("", "18-21 ans", "1")
    assert (third["Femmes"], third["Hommes"]) == ("3", "5")


def test_formulas_phones_and_line_breaks(profile: Profile, tmp_path: Path) -> None:
    _add(
        profile,
        line(place='=2+2;"x"', person__phone="+352 621 123 456", person__postal_code="01200", person__commune=None),
    )
    _, rows = _export(profile, tmp_path)
    assert rows[0]["Lieu"] == '\'=2+2;"x"'
    assert rows[0]["Téléphone"] == "00352 621 12 34 56"
    assert rows[0]["Code postal"] == "01200"


@given(st.text(max_size=20))
def test_no_cell_can_run_or_break_the_line(cell: str) -> None:
    safe = guard(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\n" not in safe
    assert "\r" not in safe


def test_a_file_that_cannot_be_written_is_told(profile: Profile, tmp_path: Path) -> None:
    with pytest.raises(NoRoom):
        files.write(profile, Asked("contacts", DAY, DAY), tmp_path / "absent" / "x.csv", NOW)
    with pytest.raises(NotReady):
        files.write(profile, Asked("contacts", DAY, date(2026, 1, 1)), tmp_path / "x.csv", NOW)
    assert list(tmp_path.glob("*.csv*")) == []
