"""The same laptop and server after a week, a month, a season and a year: copies of one that grew, all ending today."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from milomobile.actions import backups, demo, invent, send, stops
from milomobile.actions.open import Profile, create, open_profile
from milomobile.domain.outings import Halt
from milomobile.store import settings
from milomobile.store.inbox import Inbox
from sync.server.store import DATABASE
from tests import postgresql
from tests.conftest import ADVISER, PASSWORD
from tests.flows.processes import Office, call

SIZES = ((700, 1_500), (2_000, 6_000), (5_700, 20_000), (20_000, 75_000))
"""People and contacts; the first is a week of 214 a day, the last a year of it."""
DAYS = 7


@dataclass(frozen=True)
class Grown:
    """One size: the closed profile's folder, the server's, and how long growing to it took to send, for each record."""

    people: int
    contacts: int
    profile: Path
    server: Path
    records: int
    seconds_a_record: float


@contextmanager
def grown(folder: Path, now: datetime) -> Iterator[list[Grown]]:
    """The four sizes. The server is on PostgreSQL where it is installed, else on SQLite.

    It grows backwards, so that the last week is the same in each: what is older comes in later, as from a file. The copy
    of the week is made, or each first unlock would make one beside what is measured.
    """
    if postgresql.programs() is None:
        yield list(_growing(folder, now, None))
        return
    with postgresql.cluster() as cluster:
        yield list(_growing(folder, now, cluster))


def _growing(folder: Path, now: datetime, cluster: postgresql.Cluster | None) -> Iterator[Grown]:
    laptop, data = folder / "laptop", folder / "server"
    folder.mkdir()
    create(laptop, ADVISER, PASSWORD, now)
    database = ["--database", cluster.database()] if cluster else []
    assert call("sync.server", "init", "--data", str(data), *database).returncode == 0
    office, dice, known = Office(data), random.Random(1), list[dict[str, Any]]()
    people = contacts = 0
    for size in SIZES:
        office.start()
        profile = open_profile(laptop, ADVISER, PASSWORD, now)
        if not contacts:
            code = office("invite", "--label", "Camion 1")["code"]
            send.enrol(profile, office.url, code, office.certificate, ADVISER, now)
        reach(profile, office.url)
        _programme(profile, now)
        _stops(profile, contacts, size[1], now)
        made = lines(dice, known, (size[0] - people, size[1] - contacts), contacts, now)
        demo.fill(profile, made, now)
        sent = send.send(profile, lambda _: None, lambda: False)
        assert not sent.waiting and not sent.reason, sent
        backups.tend(profile, now)
        profile.close()
        office.stop()
        people, contacts = size
        yield _copied(folder / f"grown-{contacts}", laptop, data, cluster, (people, contacts), sent)


def _copied(
    place: Path, laptop: Path, data: Path, cluster: postgresql.Cluster | None, size: tuple[int, int], sent: Any
) -> Grown:
    shutil.copytree(laptop, place / "profile")
    shutil.copytree(data, place / "server")
    if cluster:
        file = place / "server" / DATABASE
        template = file.read_text(encoding="utf-8").partition("@/")[2].partition("?")[0]
        file.write_text(cluster.database(template), encoding="utf-8")
    records = sent.taken + sent.already
    return Grown(*size, place / "profile", place / "server", records, sent.seconds / records)


def reach(profile: Profile, url: str) -> None:
    """The laptop sends to this address from now on: a copied server has one of its own."""
    with profile.store.write() as session:
        settings.put(session, {"server": url})


def lines(
    dice: random.Random, known: list[dict[str, Any]], size: tuple[int, int], before: int, now: datetime
) -> Iterator[dict[str, Any]]:
    """`register` lines of the days before those that hold the `before` newer contacts; `size` is people, contacts.

    Who is not new is somebody known or anonymous, by half. The newest day is yesterday.
    """
    (people, contacts), newer = size, len(known)
    for number in range(contacts):
        at = _morning(before + number, now) + timedelta(minutes=dice.randrange(8 * 60))
        if dice.random() * (contacts - number) < people:
            people -= 1
            person = invent.named(dice, 1000 + len(known), now - timedelta(days=365))
            known.append({**person, "at": at.isoformat(timespec="seconds")})
            yield {**known[-1], **_after(dice, at, recalled=not before)}
        elif known and dice.random() < 0.5:
            who = dice.choice(known[:newer] or known)
            again = {"at": at.isoformat(timespec="seconds"), "needs": [dice.choice(invent.NEEDS)]}
            yield {**who, **again, **_after(dice, at, recalled=True)}
        else:
            yield invent.anonymous(dice, at)


def _after(dice: random.Random, at: datetime, recalled: bool) -> dict[str, Any]:
    """Every eighth takes a meeting, as many are to be called: those of before the last week were met since."""
    drawn = dice.randrange(8)
    if drawn == 0:
        meeting = (at + timedelta(days=4)).replace(hour=14, minute=0)
        return {"outcome": "RDV_PRIS", "appointment": {"at": meeting.isoformat(), "place": "Mission Locale"}}
    if drawn == 1 and recalled:
        return {"recall_on": (at + timedelta(days=3)).date().isoformat()}
    return {}


def _morning(number: int, now: datetime) -> datetime:
    """When the van set out, the day of the contact of that number; the newest is yesterday's first."""
    days = 1 + number // (SIZES[0][1] // DAYS)
    return now.replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=days)


def _stops(profile: Profile, first: int, last: int, now: datetime) -> None:
    """One at each place, an hour each, on every day on which these contacts are made."""
    places = list(zip(invent.PLACES, invent.WHERE, strict=True))
    before = {_morning(number, now) for number in range(first)}
    for day in sorted({_morning(number, now) for number in range(first, last)} - before):
        for hour, (place, where) in enumerate(places):
            began = day + timedelta(hours=hour)
            stops.open_stop(profile, *place, *where, Halt(began, began + timedelta(hours=1)), now)


def _programme(profile: Profile, now: datetime) -> None:
    """The office's programme: a year, two days of which are to come."""
    days = [(now.date() + timedelta(days=far)).isoformat() for far in (-363, 2)]
    told = {"name": "Milo Mobile", "start": days[0], "end": days[1], "target": "20000"}
    Inbox(profile.store).take("reference", [{"kind": "programme", "id": "p", "set": told}], "", whole=False)
