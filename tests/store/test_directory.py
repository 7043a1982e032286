"""The directory from real files into a real encrypted store: good entries taken, broken ones told by line."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from milomobile.actions import directory
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.reading import read
from milomobile.domain.referrals import Wanted
from milomobile.errors import NotOurs, NotReady
from milomobile.paths import RESOURCES
from milomobile.reference import lists
from milomobile.store import directory as kept
from milomobile.store.erasing import erase
from milomobile.store.tables import Journal, Outbox
from tests.conftest import NOW, line

EXAMPLE = RESOURCES / "directory" / "exemple_fictif.json"
STRUCTURE = {"source": "essai", "id": "s1", "nom": "Antenne", "date_maj": "2026-01-15", "code_insee": "57463"}
SERVICE: dict[str, Any] = {
    "source": "essai",
    "structure_id": "s1",
    "id": "v1",
    "nom": "Permis solidaire",
    "description": "Une aide pour le permis.",
    "date_maj": "2026-01-15",
    "thematiques": "mobilite--preparer-un-permis",
    "code_insee": "57463",
}
NAMES = [*dict.fromkeys([*STRUCTURE, *SERVICE]), "contact_nom_prenom", "code_postal", "zone_eligibilite"]


def table(file: Path, rows: list[dict[str, Any]], encoding: str = "utf-8-sig", mark: str = ";") -> Path:
    with file.open("w", encoding=encoding, newline="") as opened:
        writer = csv.DictWriter(opened, NAMES, delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)
    return file


def services(profile: Profile, **wanted: Any) -> list[str]:
    return [offer.service.id for offer in directory.search(profile, Wanted(**wanted), NOW)]


def test_the_example_is_taken_and_found_by_need_and_place(profile: Profile) -> None:
    done = directory.import_directory(profile, EXAMPLE, NOW)
    assert (done.structures, done.services, done.faults) == (5, 5, ())
    assert services(profile, needs=("logement-hebergement",), commune="57463") == ["demo--v2"]
    offers = directory.search(profile, Wanted(stale_too=True), NOW)
    assert {offer.age for offer in offers} == {"fresh", "doubtful", "stale"}
    assert len(directory.search(profile, Wanted(), NOW)) < len(offers)


def test_taken_twice_it_is_there_once_and_what_its_source_drops_goes(profile: Profile, tmp_path: Path) -> None:
    directory.import_directory(profile, EXAMPLE, NOW)
    again = directory.import_directory(profile, EXAMPLE, NOW)
    assert again.dropped == 0
    shorter = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    gone = shorter["services"].pop(1)
    file = tmp_path / "a.json"
    file.write_text(json.dumps(shorter), encoding="utf-8")
    assert directory.import_directory(profile, file, NOW).dropped == 1
    with profile.store.read() as session:
        assert kept.get(session, gone["id"]) is None
        assert kept.count(session) == 4


def test_two_thousand_broken_lines_are_told_and_the_good_ones_taken(profile: Profile, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [STRUCTURE]
    for number in range(2000):
        broken = {**SERVICE, "id": f"bad{number}"}
        broken |= [{"nom": ""}, {"date_maj": "demain"}, {"thematiques": "cuisine"}, {"code_postal": "57"}][number % 4]
        rows += [broken, {**SERVICE, "id": f"good{number}"}] if number % 10 == 0 else [broken]
    done = directory.import_directory(profile, table(tmp_path / "a.csv", rows), NOW)
    assert (done.structures, done.services, len(done.faults)) == (1, 200, 2000)
    assert (done.faults[0].where, done.faults[0].sentence) == ("ligne 3", "Il manque «\u00a0nom\u00a0».")
    lines = [int(fault.where.removeprefix("ligne ")) for fault in done.faults]
    assert lines == sorted(lines)
    assert all("«" in fault.sentence and fault.sentence.endswith(".") for fault in done.faults)
    assert len(services(profile, needs=("mobilite",))) == 200


def test_a_broken_line_does_not_take_away_what_was_known(profile: Profile, tmp_path: Path) -> None:
    directory.import_directory(profile, table(tmp_path / "a.csv", [STRUCTURE, SERVICE]), NOW)
    broken = {**SERVICE, "date_maj": "?"}
    done = directory.import_directory(profile, table(tmp_path / "b.csv", [STRUCTURE, broken]), NOW)
    assert (done.dropped, len(done.faults)) == (0, 1)
    assert services(profile) == ["v1"]


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", ","), ("cp1252", ";"), ("utf-8-sig", "\t")])
def test_tables_as_offices_write_them(profile: Profile, tmp_path: Path, encoding: str, mark: str) -> None:
    spaced = {**SERVICE, "nom": " Aide à l’été ", "date_maj": "15/01/2026", "zone_eligibilite": "57463|57"}
    directory.import_directory(profile, table(tmp_path / "a.csv", [STRUCTURE, spaced], encoding, mark), NOW)
    service = directory.search(profile, Wanted(commune="57463"), NOW)[0].service
    assert (service.name, service.updated, service.zones) == ("Aide à l’été", date(2026, 1, 15), ("57", "57463"))


def test_a_workbook_with_dates_and_numbers(profile: Profile, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("services")
    assert first is not None
    book.create_sheet("lisez-moi").append(["Bonjour"])
    first.append(list(STRUCTURE))
    first.append([*list(STRUCTURE.values())[:3], datetime(2026, 1, 15), 1004])
    second.append([*SERVICE, "contact_nom_prenom"])
    second.append([*{**SERVICE, "date_maj": datetime(2026, 1, 15), "code_insee": 57463.0}.values(), "Untel"])
    second.append([*{**SERVICE, "id": "v2", "nom": "x"}.values(), None])
    book.save(tmp_path / "a.xlsx")
    done = directory.import_directory(profile, tmp_path / "a.xlsx", NOW)
    assert (done.structures, done.services) == (1, 1)
    assert done.faults[0].where == "feuille «\u00a0services\u00a0», ligne 3"
    with profile.store.read() as session:
        pair = kept.get(session, "v1")
    assert pair is not None
    assert (pair[0].insee, pair[1].insee) == ("57463", "01004")
    assert "Untel" not in repr(pair)


def test_lines_of_json_one_of_them_broken(profile: Profile, tmp_path: Path) -> None:
    good = {**SERVICE, "thematiques": ["mobilite--preparer-un-permis"]}
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join([json.dumps(STRUCTURE), json.dumps(good), '{"id": "v2", "nom"', "[]"]), encoding="utf-8")
    done = directory.import_directory(profile, file, NOW)
    assert (done.structures, done.services) == (1, 1)
    assert [fault.where for fault in done.faults] == ["ligne 3", "ligne 4"]


def test_entries_said_twice_or_of_nobody_are_told(profile: Profile, tmp_path: Path) -> None:
    stray = {**SERVICE, "id": "v9", "structure_id": "nobody"}
    done = directory.import_directory(profile, table(tmp_path / "a.csv", [STRUCTURE, SERVICE, SERVICE, stray]), NOW)
    assert (done.structures, done.services) == (1, 1)
    assert [fault.where for fault in done.faults] == ["ligne 4", "service v9"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"Bonjour", b"PK\x03\x04broken", b"\x00\x01\x02", b"[1, 2", b"{", b"id;nom\n1;2\n", b"[" * 100_000],
)
def test_what_is_no_directory_is_one_sentence_and_changes_nothing(profile: Profile, tmp_path: Path, raw: bytes) -> None:
    directory.import_directory(profile, EXAMPLE, NOW)
    file = tmp_path / "odd"
    file.write_bytes(raw)
    with pytest.raises(NotOurs) as told:
        directory.import_directory(profile, file, NOW)
    assert "Rien n’a été modifié." in told.value.sentence
    assert len(directory.search(profile, Wanted(stale_too=True), NOW)) == 5
    with pytest.raises(NotOurs):
        directory.import_directory(profile, tmp_path / "missing.csv", NOW)


def test_a_registration_may_send_to_a_service_in_its_own_transaction(profile: Profile) -> None:
    directory.import_directory(profile, EXAMPLE, NOW)
    record, _ = read(line(referral="demo--v2", outcome="ORIENTE_PARTENAIRE"), lists(), NOW)
    assert record
    done = register(profile, record, NOW)
    (sent,) = directory.referrals_of(profile, done.person or "")
    assert (sent.service, sent.at) == ("demo--v2", record.at)
    with profile.store.read() as session:
        row = session.execute(select(Outbox.line).where(Outbox.entity == "referral")).scalar_one()
    assert json.loads(row)["set"]["person"] == done.person
    with profile.store.read() as session:
        before = session.execute(select(func.count()).select_from(Outbox)).scalar_one()
    for unknown in ("nowhere", "x" * 10_000):
        record, _ = read(line(referral=unknown, person__given_name="Zoé"), lists(), NOW)
        assert record
        with pytest.raises(NotReady) as told:
            register(profile, record, NOW)
        assert [one.field for one in told.value.problems] == ["referral"]
    with profile.store.read() as session:
        assert session.execute(select(func.count()).select_from(Outbox)).scalar_one() == before


def test_somebody_is_sent_to_a_service_it_travels_and_goes_with_them(profile: Profile) -> None:
    directory.import_directory(profile, EXAMPLE, NOW)
    record, _ = read(line(), lists(), NOW)
    assert record
    person = register(profile, record, NOW).person
    assert person
    said = directory.refer(profile, person, "demo--v2", NOW)
    assert directory.referrals_of(profile, person) == [said]
    with profile.store.read() as session:
        row = session.execute(select(Outbox.line).where(Outbox.entity == "referral")).scalar_one()
        written = list(session.execute(select(Journal.what)).scalars())
    sent = json.loads(row)["set"]
    assert (sent["person"], sent["service"], sent["status"]) == (person, "demo--v2", "OUVERTE")
    assert written[-1] == "create referral"
    with pytest.raises(NotOurs):
        directory.refer(profile, person, "nowhere", NOW)
    with pytest.raises(NotOurs):
        directory.refer(profile, "nobody", "demo--v2", NOW)
    with profile.store.write() as session:
        erase(session, person)
    assert directory.referrals_of(profile, person) == []
    with profile.store.read() as session:
        assert session.execute(select(Outbox.line).where(Outbox.entity == "referral")).scalar_one() is None
