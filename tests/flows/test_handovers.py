"""From the office's answers to the laptop's page, and what an adviser says afterwards."""

import csv
from pathlib import Path

from milomobile.reports import handovers
from tests.conftest import PASSWORD, line
from tests.flows.processes import Laptop, Office, enrol, somebody, write

MEETING = {"at": "2026-11-26T10:00:00+01:00", "place": "Pôle des Lauriers"}


def answers(file: Path, id: str, **said: object) -> str:
    kept = {"id": id} | said
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        told = csv.writer(out, delimiter=";")
        told.writerows([handovers.TITLES, [kept.get(column.key, "") for column in handovers.COLUMNS]])
    return str(file)


def test_the_number_comes_back_to_the_laptop_and_has_the_last_word(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    enrol(laptop, office)
    assert laptop("register", "--from", write(tmp_path / "day.jsonl", line(appointment=MEETING), somebody(3)))[0] == 0
    assert laptop("sync")[0] == 0
    ines = laptop("find", "bouss")[1]["id"]
    file = answers(tmp_path / "rempli.csv", ines, imilo_number=7654321, appointment_status="PRESENT", scheme="PACEA")
    assert office("import", "rattachements", file)["taken"] == 1
    assert laptop("sync")[0] == 0
    assert kept(laptop.folder, ines) == ("RATTACHE", 7654321, "PACEA", "PRESENT")
    later = line(at="2026-11-24T16:00:00+01:00", handover="SANS_SUITE")
    assert laptop("register", "--from", write(tmp_path / "later.jsonl", later))[1]["taken"] == 1
    assert kept(laptop.folder, ines)[:2] == ("RATTACHE", 7654321)
    _, lines, _ = laptop("journal")
    assert [one["id"] for one in lines if one["who"] == "office"] == [ines]
    assert laptop("sync")[0] == 0
    assert kept(laptop.folder, ines)[:2] == ("RATTACHE", 7654321)
    file = answers(tmp_path / "corrige.csv", ines, imilo_number=7654322)
    assert office("import", "rattachements", file)["taken"] == 1
    laptop("sync")
    assert kept(laptop.folder, ines)[1] == 7654322


def kept(folder: Path, id: str) -> tuple[str, int, str, str]:
    from sqlalchemy import select

    from milomobile.actions.open import open_profile
    from milomobile.store.tables import Appointment, Person
    from tests.conftest import ADVISER, NOW

    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    try:
        with profile.store.read() as session:
            query = select(Person.handover, Person.imilo_number, Person.scheme, Appointment.status)
            row = session.execute(query.join(Appointment, Appointment.person_id == Person.id).where(Person.id == id))
            return tuple(row.first())
    finally:
        profile.close()
