"""What the week is made of: the laptops, who works on them, the office, and all that was done."""

import os
import random
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from milomobile.domain.dates import LOCAL
from tests.postgresql import Cluster
from tests.week import clock, window
from tests.week.people import Contact, Young, lot
from tests.week.van import Laptop, Office, previous

SEED = int(os.environ.get("MILO_WEEK_SEED", "1"))
CONTACTS = int(os.environ.get("MILO_WEEK_CONTACTS", "300"))
"""Of all advisers, a day."""
MONDAY = date(2026, 10, 19)
"""The clocks change in the night after this week's Saturday."""
TEAM = {"A": ("Camille Lampe", "Yanis Phare"), "B": ("Léa Bougie", "Oksana Torche"), "C": ("Bilal Veilleuse",)}
"""Who works on which laptop: A and B are on one van."""


class Week:
    """`done` is every contact that was kept, `young` everybody who was met."""

    def __init__(self, folder: Path, cluster: Cluster, qtbot: QtBot) -> None:
        self.folder, self.cluster, self.qtbot = folder, cluster, qtbot
        self.began = time.monotonic()
        self.dice = random.Random(SEED)
        self.young, self.done = Young(self.dice), list[tuple[str, Contact]]()
        self.key, self.safe = folder / "usb-key", folder / "safe"
        for one in (self.key, self.safe):
            one.mkdir()
        self.clock = clock.Clock(folder / "clock")
        self.go(0, 7, 30)
        self.office = Office(folder / "office", cluster.database())
        older = previous(folder / "previous")
        self.laptops = {name: Laptop(name, folder / name) for name in TEAM}
        self.laptops["C"].program = older
        self.erased = self.corrected = -1
        """Who was, by number."""
        self.stolen: Laptop | None = None

    def say(self, told: str) -> None:
        """A line of the story, with the week's clock and the seconds it took so far."""
        print(f"{clock.now():%a %d %H:%M}  {told}  [{time.monotonic() - self.began:.0f} s]", flush=True)

    def go(self, day: int, hour: int, minute: int = 0) -> None:
        """On to a moment of the week; Monday is day 0."""
        at = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), LOCAL)
        self.clock.move(at.replace(hour=hour, minute=minute))

    def first(self, name: str) -> str:
        """Whose laptop it was first."""
        return TEAM[name][0]

    def work(self, day: int, part: int) -> None:
        """The morning (0) or the afternoon (1) of everybody: their contacts, then the clock after them."""
        begin = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), LOCAL)
        begin = begin.replace(hour=(9, 14)[part])
        many = max(6, CONTACTS // 2 // sum(len(team) for team in TEAM.values()))
        noted = {
            (name, adviser): lot(self.young, adviser, name, begin, many)
            for name, team in TEAM.items()
            for adviser in team
        }
        self.go(day, (12, 17)[part])
        for (name, adviser), contacts in noted.items():
            self.note(name, adviser, contacts)
        self.say(f"{sum(len(some) for some in noted.values())} contacts noted by {len(noted)} advisers")

    def note(self, name: str, adviser: str, contacts: list[Contact]) -> None:
        """Registered on a laptop as processes do it."""
        self.laptops[name].register(contacts, self.folder, adviser)
        self.done += [(name, one) for one in contacts]

    def by_keyboard(self, name: str, adviser: str, many: int) -> None:
        """Registered at the window."""
        with window.opened(self.laptops[name], adviser, self.qtbot) as desk:
            made = window.register(desk, self.young, adviser, name, many, self.qtbot)
        self.done += [(name, one) for one in made]
        self.say(f"{adviser} registers {many} people at the window of {name}, by keyboard")

    def sync(self, *names: str) -> None:
        """The evening's button of each of these laptops; nothing may wait after it."""
        for name in names or self.laptops:
            sent = self.laptops[name].do("sync", adviser=self.first(name))
            assert (sent["waiting"], sent["refused"], sent["reason"]) == (0, 0, None), (name, sent)
            self.say(f"{name} sends: {sent['taken']} taken, {sent['already']} there already, {sent['gone']} gone")
