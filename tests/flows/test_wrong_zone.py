"""Midnight, the nights the clock changes and a laptop in the wrong time zone change no date."""

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from milomobile import app
from milomobile.domain.dates import LOCAL, long_date
from tests.flows.processes import ROOT

MOMENTS = (
    "2026-03-28T23:59:59+01:00",
    "2026-03-29T00:00:00+01:00",
    "2026-03-29T03:00:00+02:00",
    "2026-10-25T00:10:00+02:00",
    "2026-10-25T02:30:00+02:00",
    "2026-10-25T02:30:00+01:00",
    "2026-12-31T23:59:59+01:00",
    "2027-01-01T00:00:00+01:00",
)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"])
def test_days_hours_and_ages_are_those_of_metz(zone: str, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "tests.flows.zone_day", str(tmp_path / "profile"), *MOMENTS]
    around = os.environ | {"TZ": zone, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(call, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["offset"] not in (3600, 7200)
    counts: dict[str, int] = {}
    for moment, (day, age, young, count, page) in zip(MOMENTS, told["days"], strict=True):
        assert (day, page) == (moment[:10], long_date(date.fromisoformat(moment[:10])))
        assert young == (moment[:10] < "2026-03-29")
        counts[day] = counts.get(day, 0) + (not young)
        assert (age, count) == ("" if young else "16\u00a0ans", counts[day])
    assert told["stop"] == ["2026-10-24T23:00:00+02:00", "2026-10-25T02:30:00+02:00"]


def test_the_window_asks_what_time_it_is_in_metz() -> None:
    assert app.now().tzinfo is LOCAL
    assert abs((app.now() - datetime.now().astimezone()).total_seconds()) < 5
