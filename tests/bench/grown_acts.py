"""What is measured with little and with much in the store, through the program's own acts."""

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from milomobile import reference
from milomobile.actions import (
    amend,
    backups,
    consulted,
    diagnostics,
    figures,
    files,
    find,
    invent,
    merging,
    papers,
    plan,
    programme,
    purge,
    rights,
    send,
    status,
    stops,
    summary,
)
from milomobile.actions.open import Profile, open_profile
from milomobile.actions.register import register
from milomobile.domain import likeness
from milomobile.domain.encounters import Named, Registration
from milomobile.domain.files import FILES, Asked
from milomobile.domain.outings import Halt
from milomobile.domain.reading import read
from milomobile.ui.models.people import PAGE
from sync.server import figures as office_figures
from sync.server import files as office_files
from sync.server import ledger, matching
from sync.server.store import Store
from tests.conftest import ADVISER, PASSWORD

TYPED = ("bous", "etang", "zoe mou", "0639", "inès boussole", "n'guesan", "metz", "12 34")


@dataclass
class Laptop:
    """One size: an open profile, a place to write in, and the database of the server it sends to."""

    profile: Profile
    server: Store
    folder: Path
    now: datetime
    made: int = 50_000

    @property
    def week(self) -> tuple[date, date]:
        """The last seven days before today."""
        return self.now.date() - timedelta(days=7), self.now.date() - timedelta(days=1)

    def file(self, ending: str) -> Path:
        """A name nobody has."""
        return self.folder / f"{uuid.uuid4().hex}.{ending}"

    def line(self) -> dict[str, Any]:
        """Somebody new, the same on every laptop."""
        self.made += 1
        return invent.named(random.Random(self.made), self.made, self.now)

    def somebody(self) -> str:
        """The id of somebody who was met in the last week, another one each time."""
        self.made += 1
        with self.profile.store.read() as session:
            met = "SELECT DISTINCT person_id FROM encounter WHERE day BETWEEN ? AND ? AND person_id IS NOT NULL"
            days = tuple(day.isoformat() for day in self.week)
            found = session.exec_driver_sql(f"{met} ORDER BY person_id LIMIT 1 OFFSET ?", (*days, self.made % 300))
            return str(found.scalar_one())


@dataclass(frozen=True)
class Act:
    """A call, with what comes before it and is not timed; so often in a round; why it may grow, where it does by nature."""

    call: Callable[[Laptop, Any], object]
    times: int = 5
    before: Callable[[Laptop], Any] = lambda _: None
    grows: str = ""
    month: bool = False
    """Whether it is about a month, of which a week's store has only a week: then it is compared with a month's."""


def _save(laptop: Laptop, record: Registration) -> object:
    return register(laptop.profile, record, laptop.now)


def _record(line: dict[str, Any], laptop: Laptop) -> Registration:
    record, _ = read(line, reference.lists(), laptop.now)
    assert record
    return record


def _new(laptop: Laptop) -> Registration:
    return _record(laptop.line(), laptop)


def _again(laptop: Laptop) -> Registration:
    return _record({**laptop.line(), "same_as": laptop.somebody()}, laptop)


def _anonymous(laptop: Laptop) -> Registration:
    return _record(invent.anonymous(random.Random(1), laptop.now), laptop)


def _search(typed: str, laptop: Laptop, _: object) -> None:
    for end in range(1, len(typed) + 1):
        ranks = find.listed(laptop.profile, typed[:end], "all", laptop.now)
        find.people_at(laptop.profile, ranks[:PAGE], laptop.now)


def _known(laptop: Laptop, line: dict[str, Any]) -> None:
    who = line["person"]
    for end in range(2, len(who["birth_name"]) + 1):
        merging.alike(
            laptop.profile,
            likeness.identity(who["given_name"], who["birth_name"][:end], who["birth_date"], "", laptop.now.date()),
        )


def _list(chip: str, laptop: Laptop, _: object) -> None:
    ranks = find.listed(laptop.profile, "", chip, laptop.now)
    find.people_at(laptop.profile, ranks[:PAGE], laptop.now)


def _amended(laptop: Laptop) -> tuple[str, Named]:
    record = _new(laptop)
    assert isinstance(record, Named)
    return register(laptop.profile, record, laptop.now).id, record


def _amend(laptop: Laptop, kept: tuple[str, Named]) -> object:
    return amend.amend(laptop.profile, kept[0], _new(laptop), laptop.now)  # type: ignore[arg-type]


def _two(laptop: Laptop) -> tuple[str, str]:
    one, other = (register(laptop.profile, _new(laptop), laptop.now).person for _ in range(2))
    assert one and other
    return one, other


def _merge(laptop: Laptop, two: tuple[str, str]) -> None:
    merging.merge(laptop.profile, *two, laptop.now)
    merging.part(laptop.profile, two[0], laptop.now)


def _stop(laptop: Laptop) -> Any:
    return plan.tour(laptop.profile, laptop.week[1]).stops[0]


def _correct_stop(laptop: Laptop, stop: Any) -> None:
    ends = stop.opened_at + timedelta(minutes=30 + laptop.made % 20)
    laptop.made += 1
    stops.correct_stop(laptop.profile, stop.id, Halt(stop.opened_at, ends), laptop.now)


def _day(laptop: Laptop) -> None:
    """Sixty records of a day."""
    for number in range(20):
        _save(laptop, _new(laptop) if number < 10 else _again(laptop))
    for _ in range(20):
        _save(laptop, _anonymous(laptop))


def _send(laptop: Laptop, _: object) -> None:
    sent = send.send(laptop.profile, lambda _: None, lambda: False)
    assert not sent.waiting and not sent.reason, sent


def _export(what: str, form: str, laptop: Laptop, place: Path) -> object:
    return files.write(laptop.profile, Asked(what, *laptop.week, form), place, laptop.now)


def _office_export(what: str, laptop: Laptop, place: Path) -> object:
    return office_files.write(laptop.server, Asked(what, *laptop.week, "csv"), place, _ms(laptop))


def _ms(laptop: Laptop) -> int:
    return round(laptop.now.timestamp() * 1000)


def _matches(laptop: Laptop, _: object) -> object:
    with laptop.server.read() as session:
        return matching.matches(session, _ms(laptop))


def _stats(laptop: Laptop, _: object) -> object:
    with laptop.server.read() as session:
        return ledger.stats(session)


def _reopen(laptop: Laptop, _: object) -> None:
    consulted.leave(laptop.profile, laptop.now)
    laptop.profile = open_profile(laptop.profile.folder, ADVISER, PASSWORD, laptop.now)


def _project(laptop: Laptop, _: object) -> object:
    return summary.summary(laptop.profile, laptop.now.date() - timedelta(days=363), laptop.now.date(), laptop.now)


def _whole(form: str, laptop: Laptop, place: Path) -> object:
    first = laptop.now.date() - timedelta(days=363)
    return files.write(laptop.profile, Asked("contacts", first, laptop.now.date(), form), place, laptop.now)


_CSV: Callable[[Laptop], Path] = partial(Laptop.file, ending="csv")
_PDF: Callable[[Laptop], Path] = partial(Laptop.file, ending="pdf")
_ALL_OF_IT = "it tells or copies all there is: by row it stays the same"

ACTS: Mapping[str, Act] = {
    "lock and unlock": Act(_reopen, 2),
    "Aujourd’hui: the day": Act(lambda laptop, _: plan.day(laptop.profile, laptop.now)),
    "Aujourd’hui: the goal": Act(lambda laptop, _: programme.goal(laptop.profile, laptop.now)),
    "Aujourd’hui: to call": Act(lambda laptop, _: plan.to_call(laptop.profile, laptop.now)),
    "Fin de journée: what waits": Act(lambda laptop, _: send.waiting(laptop.profile)),
    "Jeunes: chips counted": Act(lambda laptop, _: find.count_chips(laptop.profile, laptop.now)),
    **{f"Jeunes: {chip}": Act(partial(_list, chip)) for chip in ("all", "today", "minor", "recall", "handover")},
    "Jeunes: a file": Act(
        lambda laptop, id: find.sheet(laptop.profile, id, laptop.now), before=lambda laptop: laptop.somebody()
    ),
    **{f"search «{typed}»": Act(partial(_search, typed), 2) for typed in TYPED},
    "« Déjà une fiche ? » by key": Act(_known, 3, before=Laptop.line),
    "save: somebody new": Act(_save, before=_new),
    "save: met again": Act(_save, before=_again),
    "save: anonymous": Act(_save, before=_anonymous),
    "correct an encounter": Act(_amend, before=_amended),
    "correct a stop": Act(_correct_stop, before=_stop),
    "merge and part": Act(_merge, before=_two),
    "seen in the journal": Act(
        lambda laptop, id: consulted.seen(laptop.profile, id, laptop.now), before=Laptop.somebody
    ),
    "send a day of 60": Act(_send, 1, before=_day),
    "Bilan: a week": Act(lambda laptop, _: summary.summary(laptop.profile, *laptop.week, laptop.now), 2),
    "Bilan: the project": Act(_project, 1, grows=_ALL_OF_IT),
    "tables of a week": Act(lambda laptop, _: figures.tables(laptop.profile, *laptop.week), 2),
    **{f"export {what}, a week": Act(partial(_export, what, "csv"), 1, before=_CSV) for what in FILES},
    "export contacts, a week, Excel": Act(
        partial(_export, "contacts", "xlsx"), 1, before=partial(Laptop.file, ending="xlsx")
    ),
    "export contacts, all": Act(partial(_whole, "csv"), 1, before=_CSV, grows=_ALL_OF_IT),
    "first lines of an export": Act(lambda laptop, _: files.preview(laptop.profile, Asked("contacts", *laptop.week))),
    "day’s report": Act(
        lambda laptop, file: papers.write_day(laptop.profile, laptop.week[1], file, laptop.now), 1, before=_PDF
    ),
    "month’s report": Act(
        lambda laptop, file: papers.write_month(laptop.profile, laptop.week[1], file, laptop.now),
        1,
        before=_PDF,
        month=True,
    ),
    "a person’s export": Act(
        lambda laptop, two: rights.export(laptop.profile, two[0], two[1], None, laptop.now),
        1,
        before=lambda laptop: (laptop.somebody(), laptop.file("pdf")),
    ),
    "backup": Act(
        lambda laptop, file: backups.backup(laptop.profile, file, laptop.now),
        1,
        before=partial(Laptop.file, ending="sauvegarde"),
        grows=_ALL_OF_IT,
    ),
    "retention: what would go": Act(lambda laptop, _: purge.preview(laptop.profile, laptop.now), 1),
    "journal": Act(lambda laptop, _: consulted.latest(laptop.profile), 1),
    "status": Act(lambda laptop, _: status.status(laptop.profile), 2),
    "support: health": Act(lambda laptop, _: diagnostics.health(laptop.profile, laptop.now), 1),
    "server: stats": Act(_stats, 2),
    "server: matches": Act(_matches, 1, grows="everybody is compared with everybody alike"),
    "server: export contacts, a week": Act(partial(_office_export, "contacts"), 1, before=_CSV),
    "server: export statistiques, a week": Act(partial(_office_export, "statistiques"), 1, before=_CSV),
    "server: tables of a week": Act(
        lambda laptop, _: office_figures.tables(laptop.server, *laptop.week, _ms(laptop)), 1
    ),
}
