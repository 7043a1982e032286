"""The van's day as it was: late corrections, who was met follows, plans ahead, midnight, call backs, undo."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from milomobile import reference
from milomobile.actions import plan, report, stops, withdraw
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Halt, Place, Planned, Stop
from milomobile.domain.reading import read
from milomobile.errors import NotOurs, NotReady
from milomobile.store.day_tables import Place as Kept
from milomobile.store.tables import Adviser, Encounter, Journal, Outbox
from tests.conftest import ADVISER, NOW, line

BORNY = ("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M")
TODAY = NOW.date()
ANONYMOUS = {"kind": "anonymous", "at": NOW.isoformat(), "place": "Marché de Borny", "setting": "ARRET_MILO_MOBILE"}


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour, minute), LOCAL)


def met(profile: Profile, when: datetime, **changes: Any) -> str:
    record, _ = read(line(at=when.isoformat(), **changes), reference.lists(), when)
    assert record
    return register(profile, record, when).id


def counted(profile: Profile, now: datetime = NOW, **changes: Any) -> str:
    record, _ = read({**ANONYMOUS, "at": now.isoformat(), **changes}, reference.lists(), now)
    assert record
    return register(profile, record, now).id


def stop_of(profile: Profile, encounter: str) -> str | None:
    with profile.store.read() as session:
        return session.execute(select(Encounter.stop_id).where(Encounter.id == encounter)).scalar()


def told(profile: Profile) -> list[tuple[str, str, str, dict[str, Any]]]:
    """(entity, id, op, set) of every line, oldest first."""
    with profile.store.read() as session:
        lines = session.execute(select(Outbox.line).order_by(Outbox.seq)).scalars()
        read = [json.loads(one) for one in lines if one]
    return [(one["entity"], one["entity_id"], one["op"], one["set"]) for one in read]


def journal(profile: Profile) -> list[str]:
    with profile.store.read() as session:
        return list(session.execute(select(Journal.what).order_by(Journal.seq)).scalars())


def only(profile: Profile, now: datetime = NOW) -> Stop:
    (stop,) = plan.day(profile, now).stops
    return stop


def test_a_stop_opened_late_takes_its_true_hour_and_whom_was_met_before(profile: Profile) -> None:
    early = met(profile, at(14, 5))
    stop = stops.open_stop(profile, *BORNY, Halt(), at(14, 40))
    assert stop_of(profile, early) is None
    halt = replace(only(profile).halt, opened_at=at(14), remark="  Pluie, peu de monde ")
    stops.correct_stop(profile, stop, halt, NOW)
    assert stop_of(profile, early) == stop
    assert (only(profile).opened_at, only(profile).remark) == (at(14), "Pluie, peu de monde")
    said = {(entity, id): what for entity, id, op, what in told(profile) if op == "update"}
    assert said["stop", stop] == {"opened_at": "2026-11-24T14:00:00+01:00", "remark": "Pluie, peu de monde"}
    assert said["encounter", early] == {"stop": stop}
    assert journal(profile)[-1] == "change stop"


def test_a_stop_closed_late_lets_go_whom_was_met_after(profile: Profile) -> None:
    stop = stops.open_stop(profile, *BORNY, Halt(opened_at=at(10)), at(10))
    late = met(profile, at(13))
    stops.correct_stop(profile, stop, replace(only(profile).halt, closed_at=at(12)), NOW)
    assert stop_of(profile, late) is None
    assert ("encounter", late, "update", {"stop": None}) in told(profile)


def test_closing_and_taking_it_back_are_two_lines(profile: Profile) -> None:
    stop = stops.open_stop(profile, *BORNY, Halt(partners=("SPIP",)), at(14))
    open_halt = only(profile).halt
    stops.correct_stop(profile, stop, replace(open_halt, closed_at=NOW), NOW)
    assert plan.day(profile, NOW).open_stop is None
    stops.correct_stop(profile, stop, open_halt, NOW)
    assert only(profile).partners == ("SPIP",)
    said = [what for entity, _, op, what in told(profile) if (entity, op) == ("stop", "update")]
    assert said == [{"closed_at": "2026-11-24T16:00:00+01:00"}, {"closed_at": None}]
    assert journal(profile)[-3:] == ["create stop", "change stop closed", "change stop reopened"]


def test_a_correction_that_changes_nothing_writes_nothing(profile: Profile) -> None:
    stop = stops.open_stop(profile, *BORNY, Halt(), at(14))
    before = told(profile)
    stops.correct_stop(profile, stop, only(profile).halt, NOW)
    assert told(profile) == before


@pytest.mark.parametrize(
    ("halt", "sentence"),
    [
        (Halt(at(15), at(14, 30)), "L’arrêt finit avant de commencer."),
        (Halt(at(17)), "plus tard que maintenant"),
        (Halt(at(15), at(16, 30)), "pas encore passée"),
        (Halt(at(11, 30), at(12, 30)), "recouvrent celles de l’arrêt Gare de Woippy, ouvert de 10\u00a0h à 12\u00a0h"),
        (Halt(at(15), remark="2 07 03 57 463 123 84"), "sécurité sociale"),
        (Halt(at(15), remark="x" * 281), "280 caractères"),
    ],
)
def test_hours_that_cannot_be_get_their_sentence(halt: Halt, sentence: str, profile: Profile) -> None:
    stops.open_stop(profile, "Gare de Woippy", "RUE", None, None, Halt(at(10), at(12)), NOW)
    before = told(profile)
    with pytest.raises(NotReady, match=sentence):
        stops.open_stop(profile, *BORNY, halt, NOW)
    assert told(profile) == before


def test_the_stop_still_open_ends_where_the_next_begins(profile: Profile) -> None:
    first = stops.open_stop(profile, *BORNY, Halt(), at(10))
    after = met(profile, at(14, 10))
    stops.open_stop(profile, "Gare de Woippy", "RUE", None, None, Halt(at(14)), NOW)
    assert [stop.closed_at for stop in plan.day(profile, NOW).stops] == [at(14), None]
    assert stop_of(profile, after) is None
    with pytest.raises(NotReady, match="recouvrent"):
        stops.correct_stop(profile, first, Halt(at(10), at(15)), NOW)


def test_a_stop_forgotten_this_morning_is_noted_whole_beside_the_one_going_on(profile: Profile) -> None:
    stops.open_stop(profile, *BORNY, Halt(), at(14))
    stops.open_stop(profile, "Gare de Woippy", "RUE", None, None, Halt(at(10), at(12)), NOW)
    day = plan.day(profile, NOW)
    assert [stop.place.name for stop in day.stops] == ["Gare de Woippy", "Marché de Borny"]
    assert day.open_stop and day.open_stop.place.name == "Marché de Borny"


def test_a_stop_left_open_is_asked_about_and_holds_nobody_of_today(profile: Profile) -> None:
    yesterday = TODAY - timedelta(days=1)
    stop = stops.open_stop(profile, *BORNY, Halt(), at(14, 5, yesterday))
    then = met(profile, at(15, 0, yesterday))
    day = plan.day(profile, NOW)
    assert (day.open_stop, day.left_open and day.left_open.id) == (None, stop)
    today = met(profile, at(9))
    other = stops.open_stop(profile, *BORNY, Halt(), at(10))
    now = met(profile, at(11))
    assert stop_of(profile, now) == other
    left = plan.day(profile, NOW).left_open
    assert left
    stops.correct_stop(profile, stop, replace(left.halt, closed_at=at(17, 0, yesterday)), NOW)
    assert [stop_of(profile, one) for one in (then, today, now)] == [stop, None, other]
    assert plan.day(profile, NOW).left_open is None


def test_a_stop_over_midnight_goes_on_and_stays_of_its_day(profile: Profile) -> None:
    stop = stops.open_stop(profile, *BORNY, Halt(), at(22))
    night = at(0, 30, TODAY + timedelta(days=1))
    someone = met(profile, night)
    day = plan.day(profile, night)
    assert day.day == night.date()
    assert day.open_stop and day.open_stop.id == stop and day.encounters == 1
    stops.correct_stop(profile, stop, replace(day.open_stop.halt, closed_at=night), night)
    assert stop_of(profile, someone) == stop
    assert plan.day(profile, night).stops == ()
    assert [one.id for one in plan.tour(profile, TODAY).stops] == [stop]


def place_of(profile: Profile, encounter: str) -> str | None:
    with profile.store.read() as session:
        query = select(Kept.name).join(Encounter, Encounter.place_id == Kept.id)
        return session.execute(query.where(Encounter.id == encounter)).scalar()


def test_a_stop_at_another_place_takes_along_whom_was_registered_there(profile: Profile) -> None:
    elsewhere = met(profile, at(9), place="Gare de Woippy", setting="RUE")
    stop = stops.open_stop(profile, *BORNY, Halt(), at(14))
    first, second = met(profile, at(14, 30)), counted(profile, at(15))
    right = Place("", "Place de la Patrotte", "RUE", "57463")
    before = len(told(profile))
    stops.correct_stop(profile, stop, replace(only(profile).halt, place=right), NOW)
    new = only(profile).place
    assert (new.name, new.setting, new.commune) == ("Place de la Patrotte", "RUE", "57463")
    assert [place_of(profile, one) for one in (first, second)] == ["Place de la Patrotte"] * 2
    assert [stop_of(profile, one) for one in (first, second)] == [stop, stop]
    assert place_of(profile, elsewhere) == "Gare de Woippy"
    said = told(profile)[before:]
    assert [one[:3] for one in said] == [
        ("place", new.id, "create"),
        ("stop", stop, "update"),
        ("encounter", first, "update"),
        ("encounter", second, "update"),
    ]
    assert all(one[3] == {"place": new.id} for one in said[1:])
    assert journal(profile)[-1] == "change stop"
    stops.correct_stop(profile, stop, replace(only(profile).halt, place=Place("", "gare de WOIPPY", "RUE")), NOW)
    assert only(profile).place.name == "Gare de Woippy" and stop_of(profile, elsewhere) is None
    for wrong in (Place("", "", "RUE"), Place("", "x" * 81, "RUE"), Place("", "Ailleurs", "")):
        with pytest.raises(NotReady):
            stops.correct_stop(profile, stop, replace(only(profile).halt, place=wrong), NOW)


def test_a_stop_begun_by_mistake_is_taken_back_and_the_one_before_goes_on(profile: Profile) -> None:
    first = stops.open_stop(profile, *BORNY, Halt(), at(10))
    late = met(profile, at(15, 30))
    second = stops.open_stop(profile, "Gare de Woippy", "RUE", None, None, Halt(at(15)), NOW)
    assert stop_of(profile, late) is None
    before = told(profile)
    plan.undo_stop(profile, second, first, None, NOW)
    assert only(profile).id == first and only(profile).closed_at is None
    assert stop_of(profile, late) == first
    assert told(profile)[: len(before)] == before
    assert told(profile)[len(before) :] == [
        ("stop", second, "update", {"withdrawn": True}),
        ("stop", first, "update", {"closed_at": None}),
        ("encounter", late, "update", {"stop": first}),
    ]
    assert journal(profile)[-1] == "erase stop"
    for stop in (second, first):
        with pytest.raises(NotOurs):
            plan.undo_stop(profile, stop, None, None, NOW)
    assert stop_of(profile, late) == first


def test_a_planned_stop_begun_by_mistake_is_to_come_again(profile: Profile) -> None:
    plan.plan_stop(profile, Planned("", TODAY, Place("", *BORNY), time(17, 30), None, ("SPIP",)), NOW)
    (planned,) = plan.tour(profile, TODAY).planned
    stop = plan.start_planned(profile, planned.id, NOW)
    plan.undo_stop(profile, stop, None, planned, NOW)
    assert plan.tour(profile, TODAY).planned == (planned,)
    assert plan.day(profile, NOW).stops == ()


def test_the_team_holds_whoever_opened_and_can_be_corrected(profile: Profile) -> None:
    with profile.store.write() as session:
        session.execute(insert(Adviser).values(id="2", name="Malik Tambour"))
    stop = stops.open_stop(profile, *BORNY, Halt(team=("Malik Tambour",)), at(10))
    assert only(profile).team == ("Malik Tambour", ADVISER)
    other = replace(profile, adviser_id="2", adviser="Malik Tambour")
    someone = met(other, at(11))
    assert (only(other).id, stop_of(other, someone)) == (stop, stop)
    with profile.store.read() as session:
        assert session.execute(select(Encounter.adviser_id).where(Encounter.id == someone)).scalar() == "2"
    stops.correct_stop(other, stop, replace(only(other).halt, team=("Malik Tambour", "Nora Rivière")), NOW)
    assert only(profile).team == ("Malik Tambour", "Nora Rivière")
    assert told(profile)[-1][0::2] == ("outing", "update")
    assert stops.advisers(profile) == [ADVISER, "Malik Tambour"]


def test_plans_stay_here_start_once_and_are_taken_back(profile: Profile) -> None:
    place = Place("", "Place de la Patrotte", "RUE")
    first = Planned("", TODAY, place, time(17, 30), time(19), ("SPIP",))
    late = plan.plan_stop(profile, first, NOW)
    plan.plan_stop(profile, Planned("", TODAY, Place("", *BORNY)), NOW)
    plan.plan_stop(profile, replace(first, id=late, starts=time(16)), NOW)
    planned = plan.tour(profile, TODAY).planned
    assert [(one.place.name, one.starts) for one in planned] == [
        ("Place de la Patrotte", time(16)),
        ("Marché de Borny", None),
    ]
    assert {entity for entity, *_ in told(profile)} == {"place"}
    plan.start_planned(profile, late, NOW)
    assert (only(profile).place.name, only(profile).partners) == ("Place de la Patrotte", ("SPIP",))
    with pytest.raises(NotOurs):
        plan.start_planned(profile, late, NOW)
    plan.unplan_stop(profile, planned[1].id, NOW)
    assert plan.day(profile, NOW).tour.planned == ()
    with pytest.raises(NotReady, match="passé"):
        plan.plan_stop(profile, replace(first, day=TODAY - timedelta(days=1)), NOW)
    with pytest.raises(NotReady, match="finit avant"):
        plan.plan_stop(profile, replace(first, ends=time(16)), NOW)


def test_the_last_tour_is_taken_up_again_at_its_hours(profile: Profile) -> None:
    tuesday = TODAY - timedelta(days=7)
    stops.open_stop(profile, *BORNY, Halt(at(14, 5, tuesday), at(17, 0, tuesday), ("SPIP",)), NOW)
    assert plan.day(profile, NOW).tour.last == tuesday
    made = plan.repeat_tour(profile, TODAY, NOW)
    (planned,) = plan.day(profile, NOW).tour.planned
    assert [planned.id] == made
    assert (planned.starts, planned.ends, planned.partners) == (time(14, 5), time(17), ("SPIP",))


def test_who_is_to_be_called_back_is_shown_until_met_again(profile: Profile) -> None:
    met(profile, at(10), recall_on="2026-11-24", outcome="A_RAPPELER" if "A_RAPPELER" in _OUTCOMES else None)
    (one,) = plan.to_call(profile, NOW)
    assert (one.name, one.initials, one.since) == ("Inès B.", "IB", TODAY)
    met(profile, at(11))
    assert plan.to_call(profile, NOW) == []


_OUTCOMES = reference.lists()["resultat_contact"]


def test_undo_takes_back_what_was_just_counted_and_nothing_else(profile: Profile) -> None:
    stops.open_stop(profile, *BORNY, Halt(), at(14))
    lone = counted(profile)
    group = counted(profile, kind="group", women=3)
    named = met(profile, NOW)
    before = told(profile)
    for one in (lone, group):
        withdraw.undo(profile, one, NOW + timedelta(seconds=8))
    day = plan.day(profile, NOW)
    assert (day.encounters, day.people_met, only(profile).encounters) == (1, 1, 1)
    assert told(profile)[: len(before)] == before
    assert told(profile)[len(before) :] == [("encounter", one, "update", {"withdrawn": True}) for one in (lone, group)]
    old = counted(profile)
    for one, when in ((named, NOW), (old, NOW + timedelta(minutes=2)), (lone, NOW)):
        with pytest.raises(NotOurs):
            withdraw.undo(profile, one, when)
    assert report.figures(profile, TODAY, TODAY)["encounters"] == 2


def test_a_known_place_in_another_setting_keeps_both(profile: Profile) -> None:
    here = met(profile, at(10))
    there = met(profile, at(11), setting="RUE")
    said = {id: what.get("setting") for entity, id, _, what in told(profile) if entity == "encounter"}
    assert said == {here: None, there: "RUE"}
    with profile.store.read() as session:
        from milomobile.store import files

        assert [row.setting for row in files.contacts(session, TODAY, TODAY)] == ["ARRET_MILO_MOBILE", "RUE"]
