"""Retention: what is safe at the server goes from the laptop when it must, the figures stay, the unsent is never touched."""

import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from milomobile.actions import amend, find, merging, plan, programme, purge, rights, shown, sought
from milomobile.actions.open import Profile
from milomobile.domain import retention
from milomobile.store import engine, journal, settings
from milomobile.store.tables import Appointment, Encounter, Outbox, Person
from tests.conftest import NOW, line
from tests.store.retained import age, keep

YEAR = timedelta(days=366)
MARK = "marque-de-commentaire"


def whole_line(**more: Any) -> dict[str, Any]:
    return line(
        comment=MARK,
        person__email="ines@exemple.fr",
        person__address="3 rue des Marques",
        situation__housing="SANS",
        barriers=["mobilite"],
        guardian={"link": "PARENT", "name": "Marque Garde", "phone": "06 12 34 56 79"},
        agrees={"sms": True, "call": True, "email": True},
        **more,
    )


def row(profile: Profile, id: str) -> Any:
    with profile.store.read() as session:
        return session.execute(select(*Person.__table__.columns).where(Person.id == id)).first()


def met(profile: Profile, **where: Any) -> list[Any]:
    with profile.store.read() as session:
        return list(session.execute(select(*Encounter.__table__.columns).filter_by(**where).order_by(Encounter.at)))


def test_a_safe_person_is_reduced_to_the_short_list(profile: Profile) -> None:
    early = whole_line(at="2026-10-01T10:00:00+02:00", recall_on="2026-12-01")
    meeting = {"at": "2026-12-03T10:00:00+01:00", "place": "Mission Locale"}
    [first, again] = keep(profile, early | {"appointment": meeting}, whole_line(needs=["LOGEMENT"]), now=NOW)
    assert first == again
    age(profile, NOW)
    seen = purge.preview(profile, NOW)
    assert (seen.reduced, seen.erased, seen.encounters) == (1, 0, 1)
    done = purge.purge(profile, NOW)
    assert (done.reduced, done.erased, done.encounters) == (1, 0, 1)
    kept = row(profile, first)
    assert (kept.given_name, kept.birth_date, kept.phone, kept.commune, kept.qpv) == (
        *("Inès", date(2007, 3, 12)),
        *("+33353011234", "57463", "QN05720M"),
    )
    assert (kept.agrees_sms, kept.agrees_call, kept.reduced_at is not None) == (True, True, True)
    gone = ("email", "address", "guardian_name", "social")
    assert [getattr(kept, name) for name in gone] == [None] * 4
    [last] = met(profile, person_id=first)
    assert (last.at.day, last.category, last.needs, last.comment, last.notice_how) == (24, None, [], None, None)
    [nobody] = met(profile, person_id=None)
    assert (nobody.kind, nobody.women, nobody.category, nobody.housing, nobody.comment) == (
        "named",
        1,
        None,
        None,
        None,
    )
    sheet = find.sheet(profile, first, NOW)
    assert [place for _, place in sheet.appointments] == ["Mission Locale"]
    assert purge.preview(profile, NOW).some is False


def test_an_open_recall_stays_with_the_last_encounter(profile: Profile) -> None:
    keep(profile, line(recall_on="2026-11-25"), now=NOW)
    age(profile, NOW)
    purge.purge(profile, NOW)
    assert [one.name for one in plan.to_call(profile, NOW + timedelta(days=2))] == ["Inès B."]


STATES: dict[str, dict[str, Any]] = {
    "waiting": {"state": "waiting"},
    "waiting, emptied": {"state": "waiting", "line": None},
    "sent, not aged": {"state": "sent"},
    "refused": {"state": "refused", "line": None},
    "refused, not aged": {"state": "refused"},
    "set aside, not aged": {"state": "refused", "aside": "vu"},
    "not at the server": {"state": "gone", "line": None},
}
SAFE: dict[str, dict[str, Any]] = {
    "sent": {"state": "sent", "line": None},
    "set aside": {"state": "refused", "aside": "vu", "line": None},
}


@pytest.mark.parametrize("entity", ["person", "encounter", "appointment"])
@pytest.mark.parametrize("state", [*STATES, *SAFE])
def test_whoever_has_one_line_that_is_not_safe_is_left_whole(profile: Profile, entity: str, state: str) -> None:
    met_line = whole_line(appointment={"at": "2026-11-27T10:00:00+01:00", "place": "Mission Locale"})
    [person] = keep(profile, met_line, now=NOW)
    with profile.store.read() as session:
        before = session.execute(select(Outbox.seq, Outbox.line).where(Outbox.entity == entity)).one()
    age(profile, NOW)
    with profile.store.write() as session:
        values = {"line": before.line, **(STATES | SAFE)[state]}
        session.execute(update(Outbox).where(Outbox.seq == before.seq).values(**values))
    done = purge.purge(profile, NOW)
    assert done.reduced == (state in SAFE)
    assert (row(profile, person).email is None) == (state in SAFE)
    later = NOW + 2 * YEAR
    with profile.store.write() as session:
        clock = round(later.timestamp() * 1000)
        settings.put(session, {"kept_clock": f"{clock} {clock} {clock}"})
    purge.purge(profile, later)
    assert (row(profile, person) is None) == (state in SAFE or state == "not at the server")
    if row(profile, person):
        assert purge.preview(profile, later).left == 1


def test_a_name_goes_a_year_after_the_last_encounter_and_the_goal_still_counts_it(profile: Profile) -> None:
    [person] = keep(profile, line(), now=NOW)
    before = programme.goal(profile, NOW).reached
    age(profile, NOW + YEAR)
    purge.purge(profile, NOW + timedelta(days=364))
    assert row(profile, person) is not None
    assert purge.purge(profile, NOW + YEAR).erased == 1
    assert row(profile, person) is None
    assert find.search(profile, "boussole", NOW) == []
    assert programme.goal(profile, NOW).reached == before == 1
    with profile.store.read() as session:
        assert session.execute(select(func.count()).select_from(Appointment)).scalar() == 0


def test_a_name_goes_a_year_after_the_number_of_i_milo_came(profile: Profile) -> None:
    numbered = line(imilo_number=123456, handover="RATTACHE", at="2025-10-01T10:00:00+02:00")
    [person, _] = keep(profile, numbered, line(), now=NOW)
    assert row(profile, person).numbered_at.year == 2025
    age(profile, NOW)
    assert purge.purge(profile, NOW).erased == 1


def test_a_clock_put_forward_takes_nobody_out(profile: Profile) -> None:
    [person] = keep(profile, line(), now=NOW)
    age(profile, NOW)
    purge.purge(profile, NOW + 3 * YEAR)
    assert row(profile, person) is not None
    with profile.store.read() as session:
        assert len(journal.lines(session)) > 1


def test_how_long_names_stay_is_a_setting_within_the_law(profile: Profile) -> None:
    [person] = keep(profile, line(), now=NOW)
    age(profile, NOW + 4 * YEAR)
    with profile.store.write() as session:
        settings.put(session, {"keep_months": "99"})
    assert purge.preview(profile, NOW + timedelta(days=700)).erased == 0
    assert purge.preview(profile, NOW + timedelta(days=740)).erased == 1
    assert person


def test_whoever_limited_the_use_of_their_file_keeps_it(profile: Profile) -> None:
    [person] = keep(profile, whole_line(), now=NOW)
    rights.restrict(profile, person, True, NOW)
    age(profile, NOW + YEAR)
    done = purge.purge(profile, NOW + YEAR)
    assert (done.erased, done.left, row(profile, person).email) == (0, 1, "ines@exemple.fr")
    rights.restrict(profile, person, False, NOW)
    age(profile, NOW + YEAR)
    assert purge.purge(profile, NOW + YEAR).erased == 1


def test_a_list_goes_on_its_last_day_and_an_old_line_of_the_journal_too(profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Nom;Prénom;Date de naissance\nMarelle;Zoé;01/02/2006\n", encoding="utf-8")
    assert sought.import_list(profile, file, "PSAD", NOW).taken == 1
    age(profile, NOW + YEAR + YEAR)
    assert purge.preview(profile, NOW + timedelta(days=300)).some is False
    seen = purge.preview(profile, NOW + YEAR + timedelta(days=5))
    assert (seen.sought, seen.journal) == (1, 3)
    done = purge.purge(profile, NOW + YEAR + timedelta(days=5))
    assert (done.sought, done.journal, sought.lists(profile)) == (1, 3, [])
    with profile.store.read() as session:
        assert journal.whole(session)


def test_drafts_are_counted_and_left(profile: Profile) -> None:
    plan.keep_draft(profile, "d1", {"person.given_name": "Inès"}, NOW - YEAR)
    age(profile, NOW)
    assert purge.purge(profile, NOW).drafts == 1
    assert len(plan.drafts(profile)) == 1


def test_two_files_of_one_person_go_together_or_not_at_all(profile: Profile) -> None:
    other = line(person__given_name="Ines", person__phone="03 53 01 99 99", person__birth_date="2006-01-01")
    [winner, loser] = keep(profile, line(), other, now=NOW)
    merging.merge(profile, loser, winner, NOW)
    with profile.store.read() as session:
        last = session.execute(select(func.max(Outbox.seq))).scalar_one()
    age(profile, NOW, but=[last])
    assert purge.preview(profile, NOW).reduced == 0
    age(profile, NOW)
    assert purge.purge(profile, NOW).reduced == 1
    assert row(profile, loser).reduced_at and row(profile, winner).reduced_at
    age(profile, NOW + YEAR)
    assert purge.purge(profile, NOW + YEAR).erased == 1
    assert row(profile, loser) is row(profile, winner) is None


def test_whoever_was_reduced_can_be_met_and_corrected_again(profile: Profile) -> None:
    [person] = keep(profile, whole_line(), now=NOW)
    age(profile, NOW)
    purge.purge(profile, NOW)
    assert shown.met_again(profile, person)["person.given_name"] == "Inès"
    assert amend.answers(profile, met(profile, person_id=person)[0].id)["person.phone"]
    later = NOW + timedelta(days=1)
    assert keep(profile, line(at=later.isoformat(), person__email="autre@exemple.fr"), now=later) == [person]
    assert row(profile, person).reduced_at is None
    age(profile, later)
    assert purge.purge(profile, later).reduced == 1
    assert row(profile, person).email is None


def plain_bytes(profile: Profile, key: bytearray, out: Path) -> bytes:
    """The whole file without its encryption."""
    raw = engine.open_keyed(profile.folder / engine.FILE, key)
    raw.execute(f"ATTACH DATABASE '{out}' AS plain KEY ''")
    raw.execute("SELECT sqlcipher_export('plain')")
    raw.execute("DETACH DATABASE plain")
    raw.close()
    return out.read_bytes()


def test_what_went_is_in_no_byte_of_the_file(profile: Profile, tmp_path: Path) -> None:
    keep(profile, whole_line(), now=NOW)
    age(profile, NOW + YEAR)
    key = profile.key
    assert MARK.encode() in plain_bytes(profile, key, tmp_path / "before.db")
    purge.purge(profile, NOW)
    found = plain_bytes(profile, key, tmp_path / "after.db")
    for word in (MARK, "ines@exemple.fr", "rue des Marques", "Marque Garde"):
        assert word.encode() not in found
    assert b"Boussole" in found
    purge.purge(profile, NOW + YEAR)
    found = plain_bytes(profile, key, tmp_path / "later.db")
    assert not any(word.encode() in found for word in ("Boussole", "boussole", "+33353011234"))
    wal = profile.folder / f"{engine.FILE}-wal"
    assert not wal.exists() or wal.stat().st_size < 100_000


def test_the_months_are_those_of_the_calendar() -> None:
    assert retention.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert retention.months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert retention.months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)
    assert retention.months_before(date(2026, 12, 31), 12) == date(2025, 12, 31)
    assert retention.months_before(date(2026, 11, 30), 24) == date(2024, 11, 30)


def test_who_registers_while_many_go_does_not_wait_for_all(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each batch lets another writer in: it is done while most of those who must go are still there."""
    monkeypatch.setattr(purge, "_AT_ONCE", 1)
    many, at = 30, NOW - timedelta(days=800)
    for number in range(many):
        said = line(
            person__given_name=f"Zoé{'abcdefghijklmnopqrstuvwxyzéèàù'[number]}", person__phone=f"03530112{number:02}"
        )
        keep(profile, {**said, "at": at.isoformat()}, now=at)
    age(profile, NOW)
    going = threading.Thread(target=lambda: purge.purge(profile, NOW))
    going.start()
    while find.count_people(profile) == many:
        assert going.is_alive()
    [new] = keep(profile, line(person__given_name="Inès"), now=NOW)
    with profile.store.read() as session:
        left = session.execute(select(func.count()).select_from(Person)).scalar_one() - 1
    going.join(60)
    assert 0 < left <= many, "everybody went before the new one came in"
    assert [one.id for one in find.search(profile, "", NOW)] == [new]
