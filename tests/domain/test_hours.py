"""Hours of a stop: as a clock in Metz shows them, over midnight and the nights the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from milomobile.domain.dates import LOCAL
from milomobile.domain.hours import LONGEST, beginning, ending, left_open, moment, problem, since
from milomobile.domain.outings import Place, Stop

DAYS = some.dates(date(2026, 1, 1), date(2028, 12, 31)) | some.sampled_from([date(2026, 3, 29), date(2026, 10, 25)])
MOMENTS = some.builds(moment, DAYS, some.times())


@given(DAYS, some.times(min_value=time(3)))
def test_a_clock_read_gives_its_own_day_and_hour(day: date, at: time) -> None:
    local = moment(day, at).astimezone(LOCAL)
    assert (local.date(), local.time()) == (day, at)


def test_the_nights_the_clock_changes() -> None:
    assert moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment(date(2026, 3, 29), time(2, 30)).astimezone(LOCAL).time() == time(3, 30)
    opened = moment(date(2026, 10, 24), time(22))
    assert ending(opened, time(4)) - opened == timedelta(hours=7)
    assert ending(moment(date(2026, 3, 28), time(22)), time(4)) - moment(date(2026, 3, 28), time(22)) == timedelta(
        hours=5
    )


@given(MOMENTS, some.times())
def test_an_end_is_near_its_beginning_or_told_wrong(opened: datetime, at: time) -> None:
    closed = ending(opened, at)
    later = problem(opened, closed, (), closed + timedelta(days=2) + LONGEST)
    if closed < opened:
        assert later and closed.astimezone(LOCAL).date() == opened.astimezone(LOCAL).date()
    else:
        assert later is None and closed - opened <= timedelta(hours=25)


@given(MOMENTS, some.times())
def test_a_beginning_read_on_a_clock_is_of_today_or_a_short_while_ago(now: datetime, at: time) -> None:
    opened = beginning(at, now)
    today = opened.astimezone(LOCAL).date() == now.astimezone(LOCAL).date()
    assert today or timedelta(0) < now - opened <= LONGEST


@given(MOMENTS, some.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_stop_is_forgotten_only_on_another_day_and_after_its_longest(opened: datetime, passed: timedelta) -> None:
    now = opened + passed
    if left_open(opened, now):
        assert passed > LONGEST and now.astimezone(LOCAL).date() > opened.astimezone(LOCAL).date()
    else:
        assert passed <= timedelta(hours=25)


@given(some.lists(some.integers(0, 600), min_size=4, max_size=4, unique=True))
def test_two_stops_overlap_whichever_is_looked_at(minutes: list[int]) -> None:
    day = date(2026, 11, 24)
    one, two, three, four = (moment(day, time(8)) + timedelta(minutes=each) for each in minutes)
    now = moment(day, time(23))

    def stop(opened: datetime, closed: datetime) -> Stop:
        return Stop("x", Place("p", "Borny", "RUE"), None, None, opened, closed, (), 0, 0)

    first, second = (min(one, two), max(one, two)), (min(three, four), max(three, four))
    here, there = problem(*first, (stop(*second),), now), problem(*second, (stop(*first),), now)
    apart = first[1] <= second[0] or second[1] <= first[0]
    assert (here is None) == (there is None) == apart


@pytest.mark.parametrize(("day", "said"), [(24, "mardi 14\u00a0h\u00a005"), (22, "dimanche 14\u00a0h\u00a005")])
def test_since(day: int, said: str) -> None:
    assert since(moment(date(2026, 11, day), time(14, 5))) == said
