"""Run in a process whose machine stands in another time zone: nights in Metz, told as JSON (`test_wrong_zone`)."""

import json
import sys
from datetime import datetime, time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from milomobile import app, handed, reference
from milomobile.actions import plan, report, stops
from milomobile.actions.open import create, open_profile
from milomobile.actions.register import register
from milomobile.domain import hours
from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Halt
from milomobile.domain.reading import read
from milomobile.ui.desk import Desk
from tests.conftest import ADVISER, PASSWORD, line


def main(folder: Path, moments: list[str]) -> None:
    """Each moment: the day of whom is met then, the page's date, the age of someone born on 29 March 2010."""
    create(folder, ADVISER, PASSWORD, datetime.fromisoformat(moments[0]))
    qt, told = QApplication([]), []
    for number, moment in enumerate(moments):
        now = datetime.fromisoformat(moment).astimezone()
        profile = open_profile(folder, ADVISER, PASSWORD, now)
        met = line(
            at=now.isoformat(), person__birth_date="2010-03-29", person__given_name=f"Inès{'abcdefghij'[number]}"
        )
        met["person"] |= {"birth_name": "BCDEFGHIJK"[number] * 5, "phone": f"03 53 01 12 0{number}"}
        record, found = read(met, reference.lists(), now)
        assert record
        young = any("commence à 16 ans" in problem.sentence for problem in found)
        if not young:
            register(profile, record, now)
        day = plan.day(profile, now)
        count = report.figures(profile, day.day, day.day)["encounters"]
        profile.close()
        told.append([day.day.isoformat(), day.met[0].age if day.met else "", young, count, _page(folder, now)])
    profile = open_profile(folder, ADVISER, PASSWORD, now)
    opened = datetime.fromisoformat("2026-10-24T23:00:00+02:00").astimezone()
    halt = Halt(opened, hours.ending(opened, time(2, 30)))
    stops.open_stop(profile, "Gare de Woippy", "RUE", None, None, halt, now)
    (stop,) = plan.tour(profile, opened.astimezone(LOCAL).date()).stops
    shown = [at.astimezone(LOCAL).isoformat() for at in (stop.opened_at, stop.closed_at) if at]
    profile.close()
    json.dump(
        {"days": told, "stop": shown, "offset": datetime.now().astimezone().utcoffset().total_seconds()}, sys.stdout
    )  # type: ignore[union-attr]
    del qt


def _page(folder: Path, now: datetime) -> str:
    app.now = handed.now = lambda: now
    verbs = app.open_verbs(folder, ADVISER, PASSWORD)
    window = app.build(folder)
    window._opened(verbs)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    said = desk.today._date.text()
    window.close()
    return said


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
