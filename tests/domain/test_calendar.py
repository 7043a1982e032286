"""Closed days of Moselle: its two holidays more, moving feasts, week-ends; warned about and never refused."""

from datetime import UTC, date, datetime

import pytest

from milomobile import reference
from milomobile.domain.calendar import closed, holiday, meeting_doubt
from milomobile.domain.dates import LOCAL
from milomobile.domain.reading import read
from tests.conftest import NOW, line


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 4, 18), "Vendredi saint"),
        (date(2026, 4, 3), "Vendredi saint"),
        (date(2026, 12, 26), "Saint-Étienne"),
        (date(2027, 3, 29), "Lundi de Pâques"),
        (date(2030, 5, 30), "Ascension"),
        (date(2026, 11, 11), "Armistice"),
        (date(2026, 11, 26), None),
        (date(2026, 4, 2), None),
    ],
)
def test_holidays_of_moselle(day: date, name: str | None) -> None:
    assert holiday(day) == name


def test_thirteen_days_a_year_two_more_than_elsewhere() -> None:
    for year in range(2025, 2031):
        days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
        assert sum(holiday(day) is not None for day in days) == 13


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 26, 10, 0, tzinfo=LOCAL), None),
        (datetime(2026, 11, 26, 18, 59, tzinfo=LOCAL), None),
        (datetime(2026, 11, 29, 10, 0, tzinfo=LOCAL), "C’est un dimanche. Vérifiez."),
        (datetime(2026, 11, 28, 10, 0, tzinfo=LOCAL), "C’est un samedi. Vérifiez."),
        (
            datetime(2027, 3, 26, 10, 0, tzinfo=LOCAL),
            "Le vendredi 26 mars 2027 est férié en Moselle (Vendredi saint). Vérifiez.",
        ),
        (
            datetime(2026, 11, 26, 22, 0, tzinfo=LOCAL),
            "À 22\u00a0h, la Mission Locale est fermée. Vérifiez.",
        ),
        (datetime(2026, 11, 28, 23, 30, tzinfo=UTC), "C’est un dimanche. Vérifiez."),
    ],
)
def test_what_is_said_of_an_appointment(at: datetime, said: str | None) -> None:
    assert meeting_doubt(at) == said


def test_a_holiday_is_warned_about_and_taken() -> None:
    assert closed(date(2026, 12, 25)) == "Le vendredi 25 décembre 2026 est férié en Moselle (Noël)."
    meeting = {"at": "2026-12-25T10:00:00+01:00", "place": "Pôle des Lauriers"}
    value, found = read(line(appointment=meeting), reference.lists(), NOW)
    assert value is not None
    assert [(one.field, one.refused) for one in found] == [("appointment.at", False)]
