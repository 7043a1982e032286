"""Which periods protected criteria may be counted in: none that another one cuts short."""

from datetime import date

import pytest

from milomobile.domain.periods import tells_protected

BEGAN, TODAY = date(2026, 2, 17), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), True),
        (date(2026, 7, 1), date(2026, 9, 30), True),
        (date(2025, 1, 1), date(2025, 12, 31), True),
        (date(2026, 2, 17), date(2026, 10, 31), True),
        (date(2026, 1, 1), date(2026, 10, 31), True),
        (date(2026, 11, 1), date(2026, 11, 30), False),
        (date(2026, 10, 1), date(2026, 10, 30), False),
        (date(2026, 10, 2), date(2026, 10, 31), False),
        (date(2026, 8, 1), date(2026, 10, 31), False),
        (date(2026, 9, 1), date(2026, 10, 31), False),
        (date(2026, 2, 18), date(2026, 10, 31), False),
        (date(2026, 2, 17), date(2026, 10, 30), False),
    ],
)
def test_whole_periods_that_have_passed_alone(first: date, last: date, may: bool) -> None:
    assert tells_protected(first, last, BEGAN, TODAY) is may
