"""Retention leaves the figures of days and months as they were, also stopped, killed or without room on the disk."""

import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from milomobile.actions import invent, programme, purge, report
from milomobile.actions.open import Profile, create, open_profile
from milomobile.store import settings
from milomobile.store.law_tables import Tally
from milomobile.store.tables import Person
from tests.conftest import ADVISER, NOW, PASSWORD, line
from tests.store.retained import age, figures, keep

YEAR = timedelta(days=366)


def test_killed_at_any_moment_the_next_run_finishes(tmp_path: Path) -> None:
    """`kill -9` in the middle of a purge, several times over, as a process."""
    folder = tmp_path / "profile"
    create(folder, ADVISER, PASSWORD, NOW)
    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    keep(profile, *history(5), now=NOW)
    first = (NOW - timedelta(days=430)).date()
    told = figures(profile, first, NOW.date())
    age(profile, NOW)
    profile.close()
    for step in range(1, 30, 4):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(step)], check=False, cwd=ROOT)
        assert killed.returncode == -9
        profile = open_profile(folder, ADVISER, PASSWORD, NOW)
        assert figures(profile, first, NOW.date()) == told
        profile.close()
    profile = open_profile(folder, ADVISER, PASSWORD, NOW)
    purge.purge(profile, NOW)
    assert figures(profile, first, NOW.date()) == told
    assert not purge.preview(profile, NOW).some
    with profile.store.read() as session:
        assert settings.get(session, "to_compact") == ""
    profile.close()


ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
from pathlib import Path
import keyring
from keyring.backends.fail import Keyring
keyring.set_keyring(Keyring())
from sqlalchemy import event
from sqlalchemy.engine import Engine
from milomobile.actions import purge
from milomobile.actions.open import open_profile
from tests.conftest import ADVISER, NOW, PASSWORD
purge._AT_ONCE = 2
profile = open_profile(Path(sys.argv[1]), ADVISER, PASSWORD, NOW)
left = int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *more):
    global left
    left -= statement.startswith(("UPDATE", "DELETE", "INSERT"))
    if left <= 0:
        os.kill(os.getpid(), 9)
purge.purge(profile, NOW)
os.kill(os.getpid(), 9)
"""


def test_no_room_to_write_the_file_anew_is_for_the_next_time(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(profile, line(), now=NOW)
    age(profile, NOW)
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
        assert purge.purge(profile, NOW).reduced == 1
    with profile.store.read() as session:
        assert settings.get(session, "to_compact") == "yes"
    assert not purge.purge(profile, NOW).some
    with profile.store.read() as session:
        assert settings.get(session, "to_compact") == ""


def history(seed: int) -> list[dict[str, Any]]:
    """Invented people met over fourteen months, some of them several times, twice a day or beyond our Mission Locale."""
    dice = random.Random(seed)
    known = [invent.named(dice, number, NOW - timedelta(days=400)) for number in range(12)]
    for one in known[:3]:
        one["person"] |= {"commune": "57672", "postal_code": "57100", "qpv": None, "qpv_status": "NON"}
    lines = []
    for _ in range(60):
        at = NOW - timedelta(
            days=dice.choice([dice.randrange(3, 420), dice.randrange(60, 75)]), hours=dice.randrange(6)
        )
        if dice.random() < 0.2:
            lines.append(invent.anonymous(dice, at))
        else:
            lines.append({**dice.choice(known), "at": at.isoformat(timespec="seconds")})
    return sorted(lines, key=lambda one: str(one["at"]))


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_of_every_day_and_month_stay(profile: Profile, seed: int) -> None:
    lines = history(seed)
    moments = [NOW - timedelta(days=days) for days in (200, 90, 65, 20, 0)] + [NOW + YEAR]
    first = (NOW - timedelta(days=430)).date()
    goal = 0
    for before, moment in zip([NOW - 2 * YEAR, *moments], moments, strict=False):
        now_met = [one for one in lines if before < datetime.fromisoformat(str(one["at"])) <= moment]
        keep(profile, *now_met, now=moment)
        told, goal = figures(profile, first, NOW.date()), programme.goal(profile, moment).reached
        age(profile, moment)
        purge.purge(profile, moment)
        assert figures(profile, first, NOW.date()) == told
        assert programme.goal(profile, moment).reached == goal
    with profile.store.read() as session:
        assert session.execute(select(func.count()).select_from(Person)).scalar() == 0
        contacts = session.execute(select(func.sum(Tally.contacts)).where(Tally.fact == "category")).scalar()
    assert contacts == sum(one["kind"] == "named" for one in lines)


def test_the_answers_are_counted_before_they_go(profile: Profile) -> None:
    keep(profile, line(), line(at="2026-11-20T10:00:00+01:00"), now=NOW)
    age(profile, NOW)
    purge.purge(profile, NOW)
    with profile.store.read() as session:
        rows = {(one.fact, one.value): one for one in session.execute(select(*Tally.__table__.columns)).all()}
    assert (rows["category", "SANS_SITUATION"].contacts, rows["category", "SANS_SITUATION"].people) == (2, 1)
    assert (rows["needs", "EMPLOI"].month, rows["needs", "EMPLOI"].sex) == ("2026-11", "F")
    assert {"level", "commune", "qpv", "handover", "age_band", "origin", "known", "outcome"} <= {
        fact for fact, _ in rows
    }
    assert not any(word in fact for fact, _ in rows for word in ("justice", "ase", "rqth"))


def test_a_period_that_cuts_no_month_counts_everyone_once(profile: Profile) -> None:
    days = ("2026-08-05", "2026-08-20", "2026-09-01", "2026-10-10", "2026-11-20")
    keep(profile, *(line(at=f"{day}T10:00:00+02:00") for day in days), now=NOW)
    age(profile, NOW)
    purge.purge(profile, NOW)
    for first, last, many in (
        (date(2026, 8, 1), date(2026, 9, 30), 1),
        (date(2026, 8, 1), NOW.date(), 1),
        (date(2026, 8, 10), date(2026, 11, 30), 1),
        (date(2026, 9, 2), date(2026, 9, 30), 0),
    ):
        assert report.figures(profile, first, last)["people"] == many


@pytest.mark.parametrize("step", range(1, 9))
def test_stopped_at_any_batch_the_next_run_finishes(
    profile: Profile, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "_AT_ONCE", 2)
    keep(profile, *history(3), now=NOW)
    first = (NOW - timedelta(days=430)).date()
    told = figures(profile, first, NOW.date())
    age(profile, NOW + YEAR)
    calls = iter(range(100))

    def stopped() -> bool:
        return next(calls) >= step

    purge.purge(profile, NOW, stopped)
    assert figures(profile, first, NOW.date()) == told
    purge.purge(profile, NOW)
    assert figures(profile, first, NOW.date()) == told
    assert not purge.preview(profile, NOW).some
