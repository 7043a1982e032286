"""Periods: every day once, whatever they are cut into."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain import periods

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(0, 1500))
def test_a_cut_period_has_each_day_once(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    by_week, found = periods.cut(first, last)
    assert (found[0].first, found[-1].last) == (first, last)
    assert all(one.first <= one.last for one in found)
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(found))
    assert len(found) <= (18 if by_week else 52)


@given(DAYS, st.sampled_from(["week", "month", "quarter"]))
def test_there_and_back_is_the_same_period(day: date, kind: str) -> None:
    found = periods.period(kind, day)
    assert found.first <= day <= found.last
    after = periods.beside(kind, found, True)
    assert after.first == found.last + timedelta(days=1)
    assert periods.beside(kind, after, False) == found
    cut = periods.until(found, day)
    assert (cut.first, cut.last, cut.words) == (found.first, day, found.words)


def test_periods_are_called_as_people_call_them() -> None:
    day = date(2026, 11, 24)
    assert periods.period("month", day).words == "Novembre 2026"
    assert periods.period("quarter", day).words == "4e trimestre 2026"
    assert periods.period("week", day).words == "23–29\u00a0nov. 2026"
    found = periods.cut(date(2026, 11, 2), day)[1]
    assert [one.words for one in found] == ["2–8\u00a0nov.", "9–15", "16–22", "23–24"]
    assert [one.words for one in periods.cut(date(2026, 10, 26), date(2026, 11, 8))[1]] == [
        "26\u00a0oct.–1er\u00a0nov.",
        "2–8\u00a0nov.",
    ][:1] + ["2–8"]
    assert periods.in_brief(date(2026, 11, 1), day, day) == "1er–24\u00a0nov."
    assert periods.in_brief(date(2025, 11, 1), date(2025, 11, 30), day) == "1er–30\u00a0nov. 2025"
    assert periods.in_brief(date(2025, 12, 28), day, day) == "28\u00a0déc. 2025–24\u00a0nov. 2026"
    assert periods.in_brief(date(2026, 11, 1), date.max, day) == "dès le 1er\u00a0nov."
    assert periods.in_words(date(2026, 11, 1), day) == "du 1er au 24 novembre 2026"
    assert periods.in_words(date(2026, 12, 28), date(2027, 1, 3)) == "du 28 décembre 2026 au 3 janvier 2027"
