"""The programme's goal: by the office's dates, whatever its list says."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.programme import TARGET, Goal, forecast, goal

START, END = date(2026, 1, 1), date(2028, 1, 1)
TOLD = {"name": "#ConstruisTonAvenir", "start": "2026-01-01", "end": "2028-01-01", "target": "1500"}


def test_the_pace_is_the_share_of_the_time_that_has_passed() -> None:
    named = "#ConstruisTonAvenir"
    assert goal(300, TOLD, date(2026, 1, 1)) == Goal(300, 1500, 0.0, named, START, END)
    assert goal(300, TOLD, date(2027, 1, 1)) == Goal(300, 1500, 0.5, named, START, END)
    assert goal(300, TOLD, date(2029, 1, 1)) == Goal(300, 1500, 1.0, named, START, END)
    assert goal(300, {}, date(2027, 1, 1)) == Goal(300, TARGET, None)
    assert goal(1, TOLD | {"end": "2025-12-31"}, date(2027, 1, 1)).expected is None
    assert goal(800, TOLD, date(2027, 1, 1)).ahead == 50
    assert Goal(5).ahead is None


@given(
    st.dictionaries(st.sampled_from(["start", "end", "target"]), st.one_of(st.none(), st.text(), st.dates().map(str))),
    st.dates(),
)
def test_whatever_the_list_says_there_is_a_goal(told: dict[str, object], day: date) -> None:
    found = goal(7, told, day)
    assert found.target > 0 and (found.expected is None or 0 <= found.expected <= 1)


WEEKLY = st.lists(st.integers(0, 200), min_size=4, max_size=30)


def whole_tens(number: int, reached: int) -> bool:
    return (number - reached) % 10 == 0


@given(WEEKLY, st.integers(0, 5000), st.integers(1, 700))
def test_a_forecast_takes_nobody_back_and_holds_what_goes_on_as_before(
    known: list[int], reached: int, days: int
) -> None:
    day = END - timedelta(days=days)
    found = forecast(Goal(reached, 2000, 0.5, "", START, END), known, day)
    assert found is not None and found.by == END
    assert reached <= found.least <= found.most
    assert whole_tens(found.least, reached) and whole_tens(found.most, reached)
    last = known[-12:]
    assert found.least <= reached + sum(last) / len(last) * days / 7 <= found.most


@given(WEEKLY, st.integers(2, 50))
def test_the_longer_the_way_the_wider_the_range(known: list[int], weeks: int) -> None:
    near, far = (
        forecast(Goal(0, 2000, 0.5, "", START, END), known, END - timedelta(weeks=ahead))
        for ahead in (weeks, 2 * weeks)
    )
    assert near is not None and far is not None
    assert far.most - far.least >= near.most - near.least - 20


@given(st.lists(st.integers(0, 200), max_size=3))
def test_fewer_than_four_weeks_foretell_nothing(known: list[int]) -> None:
    assert forecast(Goal(10, 2000, 0.5, "", START, END), known, date(2027, 1, 1)) is None
    assert forecast(Goal(10), [5] * 12, date(2027, 1, 1)) is None
    assert forecast(Goal(10, 2000, 1.0, "", START, END), [5] * 12, END) is None


def test_the_range_holds_about_four_times_of_five() -> None:
    """Weeks that come by chance, some busier than others: the truth lies in the range 75 to 92 times of 100."""
    chance, held, tries = Random(1), 0, 600
    for _ in range(tries):
        weeks = [sum(chance.random() < 0.5 for _ in range(chance.choice((20, 40, 60)))) for _ in range(42)]
        found = forecast(Goal(0, 2000, 0.5, "", START, END), weeks[:12], END - timedelta(weeks=30))
        assert found is not None
        held += found.least <= sum(weeks[12:]) <= found.most
    assert 0.75 <= held / tries <= 0.92
