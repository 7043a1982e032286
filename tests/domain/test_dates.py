"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.dates import age_on, read_date, read_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["12032007", "12/3/07", "12 3 2007", "12 mars 2007", "12.03.2007", "2007-03-12"])
def test_each_way_of_writing(typed: str) -> None:
    assert read_date(typed, TODAY) == date(2007, 3, 12)


@pytest.mark.parametrize(
    ("typed", "said"), [("31 avril 2007", "31 avril n’existe pas"), ("abc", "par exemple"), ("12/2007", "par exemple")]
)
def test_what_is_no_date_says_why(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_date(typed, TODAY)


@given(st.dates(min_value=date(1927, 1, 1), max_value=TODAY))
def test_a_date_written_in_full_reads_back(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}", TODAY) == day
    assert read_date(f"{day:%d%m%y}", TODAY) == day


@given(st.dates(min_value=date(1980, 1, 1)), st.integers(0, 100))
def test_one_year_older_on_the_birthday_not_the_day_before(born: date, years: int) -> None:
    if (born.month, born.day) != (2, 29) and born.year + years < 9999:
        birthday = born.replace(year=born.year + years)
        assert age_on(born, birthday) == years
        assert age_on(born, date.fromordinal(birthday.toordinal() - 1)) == years - 1


def test_times() -> None:
    assert [str(read_time(t))[:5] for t in ("14:05", "14h05", "14 h", "1405", "9h")] == [
        "14:05",
        "14:05",
        "14:00",
        "14:05",
        "09:00",
    ]
    with pytest.raises(ValueError):
        read_time("25h")
