"""A week in the van, from the first coffee on Monday to the funder's report: told as it goes, its books balanced at the end."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests import postgresql
from tests.week import days
from tests.week.story import Week


def test_a_week(tmp_path: Path, qtbot: QtBot) -> None:
    with postgresql.cluster() as cluster:
        week = Week(tmp_path, cluster, qtbot)
        try:
            for day in (
                days.monday,
                days.tuesday,
                days.wednesday,
                days.thursday,
                days.friday,
                days.night,
                days.accounts,
            ):
                day(week)
        finally:
            week.office.stop()
            week.clock.end()
