"""The page's charts are the tables' figures, and behind each bar stand as many people as it counts."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from milomobile.actions import consulted, figures, invent, programme, summary
from milomobile.actions.demo import fill
from milomobile.actions.merging import merge
from milomobile.actions.open import Profile
from milomobile.actions.rights import restrict
from milomobile.domain.charting import Chart, Kind
from milomobile.domain.dates import LOCAL
from milomobile.domain.summary import Summary
from milomobile.errors import NotOurs, NotReady
from milomobile.reports import charts, plots
from milomobile.store import pace, people
from milomobile.store.tables import Reference
from tests.conftest import NOW, line
from tests.store.retained import keep

FIRST, LAST = date(2026, 1, 1), NOW.date()


@pytest.fixture
def told(profile: Profile) -> Summary:
    fill(profile, invent.lines(40, 70, 3, NOW), NOW)
    return summary.summary(profile, FIRST, LAST, NOW)


def chart(told: Summary, code: str) -> Chart:
    return next(one for one in told.charts if one.code == code)


def test_charts_say_what_the_tables_say(profile: Profile, told: Summary) -> None:
    tables = {table.code: table for table in figures.tables(profile, FIRST, LAST)}
    total = tables["T1"].total
    assert total is not None
    at = tables["T1"].columns.index
    assert told.encounters == total.cells[at("Contacts")]
    assert told.registrations == total.cells[at("Nominatifs")]
    assert sum(sum(mark.cells) for mark in chart(told, "weeks").marks) == told.encounters  # type: ignore[arg-type]
    assert sum(sum(mark.cells) for mark in chart(told, "hours").marks) == told.encounters  # type: ignore[arg-type]
    sexes = [mark.cells[0] for mark in chart(told, "ages").marks if mark.behind.startswith("T2:")]
    assert sum(sexes) == total.cells[at("Jeunes")]  # type: ignore[arg-type]
    assert {one.kind for one in told.charts} == {*Kind} - {Kind.GOAL}


def test_behind_each_bar_stand_as_many_people_as_it_counts(profile: Profile, told: Summary) -> None:
    looked = 0
    for one in told.charts:
        for mark in one.marks:
            if mark.behind and one.kind in (Kind.BARS, Kind.FUNNEL) and mark.cells[0]:
                found = summary.behind(profile, mark.behind, FIRST, LAST, NOW)
                assert len({each.id for each in found}) == len(found) == mark.cells[0], mark
                looked += 1
    assert looked > 15


def test_that_names_behind_a_bar_were_read_is_journalled(profile: Profile, told: Summary) -> None:
    mark = next(mark for mark in chart(told, "ages").marks if mark.behind and mark.cells[0])
    before = consulted.latest(profile)[0][0].seq
    assert summary.behind(profile, mark.behind, FIRST, LAST, NOW)
    lines, whole = consulted.latest(profile)
    assert whole and lines[0].seq == before + 1 and lines[0].what == "read list"


def test_behind_a_place_at_an_hour_stand_those_met_there_then(profile: Profile, told: Summary) -> None:
    places = chart(told, "hours")
    found = {
        one.id
        for spot in charts.draw(places, charts.PRINT, 600).spots
        if spot.behind
        for one in summary.behind(profile, spot.behind, FIRST, LAST, NOW)
    }
    assert found == {one.id for one in summary.behind(profile, "T8:NOMINATIFS", FIRST, LAST, NOW)}
    with profile.store.read() as session:
        rows = session.exec_driver_sql(
            "SELECT place.name, at FROM encounter JOIN place ON place.id = place_id WHERE kind = 'named' ORDER BY at LIMIT 1"
        ).fetchall()
    place, hour = rows[0][0], datetime.fromisoformat(rows[0][1]).astimezone(LOCAL).hour
    assert summary.behind(profile, f"place:{place}@{hour}\u00a0h", FIRST, LAST, NOW)
    assert not summary.behind(profile, f"place:{place}@3\u00a0h", FIRST, LAST, NOW)


def test_behind_a_week_stand_those_met_in_it(profile: Profile, told: Summary) -> None:
    met = {
        one.id for mark in chart(told, "weeks").marks for one in summary.behind(profile, mark.behind, FIRST, LAST, NOW)
    }
    assert met == {one.id for one in summary.behind(profile, "T8:NOMINATIFS", FIRST, LAST, NOW)}
    with profile.store.read() as session:
        assert len(met) == people.count(session)


def test_who_limits_the_use_of_their_file_is_counted_and_not_listed(profile: Profile, told: Summary) -> None:
    women = summary.behind(profile, "T2:F", FIRST, LAST, NOW)
    restrict(profile, women[0].id, True, NOW)
    after = summary.summary(profile, FIRST, LAST, NOW)
    assert chart(after, "ages") == chart(told, "ages")
    assert [one.id for one in summary.behind(profile, "T2:F", FIRST, LAST, NOW)] == [one.id for one in women[1:]]


def test_somebody_sent_on_stays_so_when_met_again(profile: Profile) -> None:
    """Met again and told nothing new, or not met again: who was given something to go on with counts once."""
    counts, who = list[tuple[int, ...]](), dict[str, str]()
    for minute, (name, outcome) in enumerate(
        [("Ines", "RDV_PRIS"), ("Lina", "INFORMATION_SIMPLE"), ("Ines", "INFORMATION_SIMPLE"), ("Ines", "RATTACHE")]
    ):
        known = {"same_as": who[name]} if name in who else {}
        at = (NOW - timedelta(minutes=9 - minute)).isoformat()
        made = line(
            at=at, outcome=outcome, person__given_name=name, person__phone=f"03 53 01 12 {len(name)}{name == 'Ines':d}"
        )
        (person,) = keep(profile, {**made, **known}, now=NOW)
        who.setdefault(name, person)
        seen = summary.summary(profile, FIRST, LAST, NOW)
        counts.append((seen.referrals, seen.told, seen.people, seen.registrations))
    assert counts == [(1, 1, 1, 1), (1, 2, 2, 2), (1, 2, 2, 3), (1, 2, 2, 4)]


@pytest.mark.parametrize("asked", ["", "T11:ASE", "T8:CONTACTS", "T99:X", "T5:'; DROP TABLE person --"])
def test_what_nobody_can_be_behind_lists_nobody(profile: Profile, told: Summary, asked: str) -> None:
    assert summary.behind(profile, asked, FIRST, LAST, NOW) == []
    assert told.encounters


def test_somebody_is_new_once(profile: Profile, told: Summary) -> None:
    del told
    with profile.store.read() as session:
        new = pace.newcomers(session, FIRST, LAST)
        assert sum(new.values()) == people.count(session)
        parts = [
            pace.newcomers(session, FIRST, LAST - timedelta(days=60)),
            pace.newcomers(session, LAST - timedelta(days=59), LAST),
        ]
        assert {**parts[0], **parts[1]} == new
    known = summary.behind(profile, "T2:F", FIRST, LAST, NOW)
    merge(profile, known[0].id, known[1].id, NOW)
    with profile.store.read() as session:
        assert sum(pace.newcomers(session, FIRST, LAST).values()) == sum(new.values()) - 1


@given(st.dates(date(2026, 5, 1), LAST), st.integers(0, 200))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_who_is_new_is_the_same_in_the_tables(profile: Profile, told: Summary, first: date, days: int) -> None:
    del told
    last = first + timedelta(days=days)
    table = figures.tables(profile, first, last)[0]
    assert table.total is not None
    with profile.store.read() as session:
        assert sum(pace.newcomers(session, first, last).values()) == table.total.cells[table.columns.index("Nouveaux")]


def test_hours_are_those_of_metz(profile: Profile, told: Summary) -> None:
    del told
    with profile.store.read() as session:
        found = pace.met(session, FIRST, LAST)
        rows = session.exec_driver_sql("SELECT at FROM encounter").fetchall()
    wanted = sorted(datetime.fromisoformat(at).astimezone(LOCAL).hour for (at,) in rows)
    assert sorted(hour for _, _, _, hour, many in found for _ in range(many)) == wanted


def test_one_of_several_programmes_is_chosen(profile: Profile, told: Summary) -> None:
    assert told.goal.start is None and told.forecast is None
    lines = {
        "a": {"name": "#ConstruisTonAvenir", "start": "2026-01-01", "end": "2027-12-31", "target": "2000"},
        "b": {"name": "Été 2026", "start": "2026-07-01", "end": "2026-09-30", "target": "50"},
    }
    with profile.store.write() as session:
        session.execute(
            insert(Reference), [{"kind": "programme", "id": id, "body": body} for id, body in lines.items()]
        )
    assert [one.name for one in programme.programmes(profile)] == ["#ConstruisTonAvenir", "Été 2026"]
    long = summary.summary(profile, FIRST, LAST, NOW)
    assert (long.goal.reached, long.goal.target) == (40, 2000)
    assert long.forecast is None
    later = summary.summary(profile, FIRST, LAST, NOW + timedelta(weeks=6)).forecast
    assert later and 40 <= later.least <= later.most and later.by == date(2027, 12, 31)
    programme.choose(profile, "b", NOW)
    short = summary.summary(profile, FIRST, LAST, NOW)
    with profile.store.read() as session:
        summer = pace.newcomers(session, date(2026, 7, 1), date(2026, 9, 30))
    assert (short.goal.name, short.goal.reached, short.forecast) == ("Été 2026", sum(summer.values()), None)
    assert summary.began(profile, NOW) == date(2026, 7, 1)
    with pytest.raises(NotOurs):
        programme.choose(profile, "c", NOW)


def test_a_period_backwards_is_refused(profile: Profile) -> None:
    with pytest.raises(NotReady):
        summary.summary(profile, LAST, FIRST, NOW)


def test_what_leaves_tells_no_small_count(profile: Profile, told: Summary) -> None:
    tables = figures.tables(profile, FIRST, LAST)
    with profile.store.read() as session:
        met = pace.met(session, FIRST, LAST)
    _, hidden = plots.leaving(tables, met, FIRST, LAST)
    real = {one.code: one for one in plots.charts(tables, met, FIRST, LAST)}
    when_and_where = {"weeks", "hours", "stops"}
    answers = [cell for one in hidden if one.code not in when_and_where for mark in one.marks for cell in mark.cells]
    assert None in answers
    assert not any(cell is not None and 0 < cell < 5 for cell in answers)
    assert all(one == real[one.code] for one in hidden if one.code in when_and_where)
