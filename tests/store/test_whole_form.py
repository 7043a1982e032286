"""The whole form: read and checked, kept, told to the server, shown again in a correction, and never in the office's file."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from milomobile import reference
from milomobile.actions import correct, files
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.encounters import Named
from milomobile.domain.files import Asked
from milomobile.domain.form import from_line, to_line
from milomobile.domain.reading import read
from milomobile.reports import contacts
from milomobile.store import erasing
from milomobile.store.tables import Outbox
from tests.conftest import NOW, line

WHOLE: dict[str, Any] = {
    "person__birth_date": "2009-11-24",
    "person__preference": "TELEPHONE",
    "person__birth_place": "Thionville",
    "person__birth_country": "France",
    "situation__diploma": "DNB",
    "situation__licence": "CODE_EN_COURS",
    "situation__transport": "VELO",
    "situation__resources": ["AIDE_FAMILLE", "SANS"],
    "situation__children": 1,
    "situation__french_help": "N",
    "situation__last_class": "Seconde pro",
    "situation__left_school": "2025-06",
    "situation__ft_id": "1234567A",
    "situation__housing": "SANS",
    "barriers": ["sante"],
    "guardian": {"link": "PARENT", "name": "Olga Lanterne", "phone": "03 53 01 45 10"},
    "referent": "Dominique Marelle",
    "scheme": "CEJ",
    "handover": "RATTACHE",
    "imilo_number": 1234567,
}


def named(**changes: Any) -> Named:
    value, found = read(line(**changes), reference.lists(), NOW)
    assert isinstance(value, Named), found
    return value


def told(profile: Profile, entity: str) -> dict[str, Any]:
    with profile.store.read() as session:
        kept = session.execute(select(Outbox.line).where(Outbox.entity == entity)).scalars().all()
    return dict(json.loads(kept[-1] or b"")["set"])


def test_every_answer_travels_under_its_key(profile: Profile) -> None:
    register(profile, named(**WHOLE), NOW)
    person, encounter = told(profile, "person"), told(profile, "encounter")
    assert person["guardian"] == {"link": "PARENT", "name": "Olga Lanterne", "phone": "+33353014510"}
    assert (person["preference"], person["birth_place"], person["scheme"]) == ("TELEPHONE", "Thionville", "CEJ")
    assert (person["referent"], person["imilo_number"]) == ("Dominique Marelle", 1234567)
    assert encounter["situation"] == {
        "category": "SANS_SITUATION",
        "level": "SQ",
        "diploma": "DNB",
        "housing": "SANS",
        "licence": "CODE_EN_COURS",
        "transport": "VELO",
        "resources": ["AIDE_FAMILLE", "SANS"],
        "children": 1,
        "french_help": "N",
        "last_class": "Seconde pro",
        "left_school": "2025-06",
        "ft_id": "1234567A",
    }


def test_what_was_not_asked_does_not_travel(profile: Profile) -> None:
    register(profile, named(), NOW)
    assert not {"guardian", "referent", "scheme", "imilo_number", "preference"} & told(profile, "person").keys()
    assert told(profile, "encounter")["situation"] == {"category": "SANS_SITUATION", "level": "SQ"}


def test_a_correction_shows_every_answer_again(profile: Profile) -> None:
    register(profile, named(**WHOLE), NOW)
    with profile.store.write() as session:
        session.execute(update(Outbox).values(state="sent"))
        refused = update(Outbox).where(Outbox.entity == "person").values(state="refused", reason="Il manque X.")
        session.execute(refused)
        seq = session.execute(select(Outbox.seq).where(Outbox.entity == "person")).scalar_one()
    shown = correct.answers(profile, seq)
    made, wrong = to_line({**shown, "guardian.name": "Vera Lanterne"}, str(shown.pop("place")), None, "2026-1", NOW)
    assert wrong == []
    again, _ = read(
        {name: said for name, said in made.items() if name != "place"} | {"place": "X"}, reference.lists(), NOW
    )
    assert isinstance(again, Named)
    assert again.situation == named(**WHOLE).situation
    assert (again.guardian.name, again.guardian.phone) == ("Vera Lanterne", "+33353014510")
    assert (again.scheme, again.imilo_number, again.referent) == ("CEJ", 1234567, "Dominique Marelle")
    correct.correct(profile, seq, again, NOW)
    assert told(profile, "person")["guardian"]["name"] == "Vera Lanterne"
    with profile.store.read() as session:
        kept = session.execute(text("SELECT guardian_name, birth_place FROM person")).one()
    assert tuple(kept) == ("Vera Lanterne", "Thionville")


def test_met_again_the_file_grows(profile: Profile) -> None:
    first = register(profile, named(), NOW).person
    again = named(
        guardian={"name": "Olga Lanterne", "phone": "03 53 01 45 10"}, person__preference="EMAIL", scheme="CEJ"
    )
    assert register(profile, again, NOW).person == first
    change = told(profile, "person")
    assert change == {
        "preference": "EMAIL",
        "scheme": "CEJ",
        "guardian": {"name": "Olga Lanterne", "phone": "+33353014510"},
    }


def test_the_file_of_contacts_keeps_its_columns_and_tells_nothing_intrusive(profile: Profile, tmp_path: Path) -> None:
    register(profile, named(**WHOLE), NOW)
    files.write(profile, Asked("contacts", NOW.date(), NOW.date()), tmp_path / "out.csv", NOW)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        header, row = list(csv.reader(file, delimiter=";"))
    assert header == contacts.HEADER and len(row) == 35
    assert row[header.index("N° dossier I-MILO")] == "1234567"
    told_there = " ".join(row)
    for hidden in (
        "Lanterne Olga",
        "Olga",
        "45 10",
        "Thionville",
        "1234567A",
        "Seconde",
        "Aide de la",
        "Sans héb",
        "Santé",
    ):
        assert hidden not in told_there


def test_an_erasure_leaves_nothing_of_it(profile: Profile) -> None:
    person = register(profile, named(**WHOLE), NOW).person
    assert person
    with profile.store.write() as session:
        assert erasing.erase(session, person)
        kept = session.execute(text("SELECT * FROM encounter")).one()._mapping
    gone = ("housing", "licence", "transport", "children", "french_help", "last_class", "left_school", "ft_id")
    assert [kept[name] for name in gone] == [None] * len(gone)
    assert kept["resources"] == "[]"


@pytest.mark.parametrize(
    ("changes", "field", "refused"),
    [
        ({"person__preference": "PIGEON"}, "person.preference", True),
        ({"situation__resources": ["LOTO"]}, "situation.resources", True),
        ({"situation__resources": "RSA"}, "situation.resources", True),
        ({"situation__licence": "B"}, "situation.licence", True),
        ({"situation__children": 21}, "situation.children", True),
        ({"situation__children": "deux"}, "situation.children", True),
        ({"situation__left_school": "2027-01"}, "situation.left_school", True),
        ({"situation__left_school": "juin"}, "situation.left_school", True),
        ({"situation__ft_id": "12"}, "situation.ft_id", False),
        ({"guardian__phone": "06 39 98 45 1"}, "guardian.phone", False),
        ({"guardian__link": "ASE"}, "guardian.link", True),
        ({"guardian__name": "O" * 81}, "guardian.name", True),
        ({"guardian__nationality": "x"}, "guardian.nationality", True),
        ({"referent": "1 85 05 78 006 084 36"}, "referent", True),
        ({"scheme": "AUTRE"}, "scheme", True),
        ({"imilo_number": 0}, "imilo_number", True),
        ({"situation__insurance": "CSS"}, "situation.insurance", True),
        ({"reserved__rqth": "OUI"}, "reserved.rqth_consent", False),
    ],
)
def test_known_keys_are_checked_and_unknown_ones_refused(changes: dict[str, Any], field: str, refused: bool) -> None:
    _, found = read(line(**changes), reference.lists(), NOW)
    assert [(one.field, one.refused) for one in found] == [(field, refused)]


@pytest.mark.parametrize("typed", ["06/2025", "6 2025", "juin 2025", "2025-06", "06-2025"])
def test_a_month_is_read_as_people_write_it(typed: str) -> None:
    made, wrong = to_line({"situation.left_school": typed}, "X", None, "2026-1", NOW)
    assert (made["situation"]["left_school"], wrong) == ("2025-06", [])
    assert from_line(made)["situation.left_school"] == "06/2025"


@pytest.mark.parametrize("typed", ["13/2025", "juin", "2025", "06/25", "²/2025"])
def test_what_is_no_month_says_so(typed: str) -> None:
    _, wrong = to_line({"situation.left_school": typed}, "X", None, "2026-1", NOW)
    assert [one.field for one in wrong] == ["situation.left_school"]
