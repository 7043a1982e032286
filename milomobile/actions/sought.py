"""People to look for: a list taken in, and who of the lists may be somebody being typed. Nothing of it is ever sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from milomobile.actions.open import Profile
from milomobile.actions.sought_file import Read, read_list
from milomobile.domain import likeness
from milomobile.domain.dates import LOCAL, french_date
from milomobile.domain.likeness import Identity
from milomobile.domain.sought import (
    KEPT,
    Candidate,
    ListReport,
    Remark,
    Sought,
    SoughtList,
    last_day,
    same_entry,
    surely,
)
from milomobile.domain.sought_columns import Line, Meanings, Preview
from milomobile.domain.texts import never_kept, tidy
from milomobile.errors import NotOurs
from milomobile.store import journal, matching, people, sought
from sync import records

NO_PURPOSE = "Dites à quoi sert cette liste, par exemple «\u00a0PSAD de novembre\u00a0». Rien n’a été gardé."
_LONG_PURPOSE = "Ce que sert cette liste se dit en 120 caractères au plus, sans numéro de personne. Rien n’a été gardé. Raccourcissez-le."
_MET = "Déjà rencontrée\u00a0: {name} a une fiche sur ce poste. Gardée, et reliée à cette fiche."
_PERHAPS_MET = "Peut-être déjà rencontrée\u00a0: {name} a une fiche qui lui ressemble. Gardée, à vérifier."
_ON_A_LIST = "Déjà sur une liste de ce poste\u00a0: n’y est pas ajoutée."
_ALIKE = "Ressemble à {where} ({why}). Les deux sont gardées, à vérifier."


def import_list(
    profile: Profile,
    file: Path,
    purpose: str,
    now: datetime,
    meanings: Meanings | None = None,
    months: int = KEPT,
) -> ListReport:
    """Keeps the people of a list for so many months; nobody of it becomes a file. Raises NotOurs or NoRoom."""
    said = tidy(purpose)
    if not said:
        raise NotOurs(NO_PURPOSE)
    if len(said) > 120 or never_kept(said):
        raise NotOurs(_LONG_PURPOSE)
    today = now.astimezone(LOCAL).date()
    read, until = read_list(file, today, meanings), last_day(today, months)
    common = {"purpose": said, "source": file.name[:120], "imported_at": now, "keep_until": until}
    with profile.store.read() as session:
        parted = _part(session, read, common | {"adviser_id": profile.adviser_id})
    rows, keys = list(parted.rows.values()), sought.keys_of(parted.rows.values())
    with profile.store.write() as session:
        sought.add(session, rows, keys)
        for id, news in parted.news.items():
            sought.learn(session, id, news)
        journal.write(session, now, profile.adviser_id, "import list")
    warned = sorted((*read.noted, *parted.warned), key=lambda remark: remark.line)
    return ListReport(len(rows), len(read.people) - len(rows), tuple(warned), tuple(read.refused), read.left, until)


def preview(profile: Profile, file: Path, now: datetime, meanings: Meanings | None = None) -> Preview:
    """What importing a list would do, and its first five people; nothing is written. Raises NotOurs."""
    read = read_list(file, now.astimezone(LOCAL).date(), meanings)
    with profile.store.read() as session:
        parted = _part(session, read, {"imported_at": now})
    said = {one.line: one.reason for one in (*read.noted, *parted.warned)}
    first = [
        Line(number, person, said.get(number, "" if number in parted.kept else _ON_A_LIST))
        for number, person, _ in read.people[:5]
    ]
    rows = parted.rows.values()
    met = sum(1 for row in rows if row["found_person"])
    return Preview(tuple(first), len(rows), len(read.people) - len(rows), met, len(said), len(read.refused))


def likely(profile: Profile, one: Identity, today: date) -> list[Candidate]:
    """Who of the lists still kept, and not met yet, may be somebody being typed, the likeliest first; at most five."""
    with profile.store.read() as session:
        rows = sought.sharing(session, one, today)
    found = []
    for row in rows:
        person = Sought(row.given_name, row.birth_name, row.birth_date, row.phone, row.commune)
        alike = likeness.compare(one, person.identity)
        if alike.level:
            said = (
                f"Sur la liste «\u00a0{row.purpose}\u00a0», reçue le {french_date(row.imported_at.astimezone(LOCAL))}"
            )
            found.append((alike.points, Candidate(row.id, person, alike.level, alike.why, said)))
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])][:5]


def entry(profile: Profile, id: str) -> Sought:
    """Who stands at an entry of the lists; NotOurs where it is no longer kept."""
    with profile.store.read() as session:
        row = sought.get(session, id)
    if row is None:
        raise NotOurs("Cette personne n’est plus sur une liste de ce poste. Rien n’a changé. Continuez la saisie.")
    return Sought(row.given_name, row.birth_name, row.birth_date, row.phone, row.commune)


def lists(profile: Profile) -> list[SoughtList]:
    """Every list on this laptop, newest first."""
    with profile.store.read() as session:
        rows = sought.lists(session)
    return [
        SoughtList(
            one.purpose, one.source, one.imported_at.astimezone(LOCAL).date(), one.keep_until, one.people, one.found
        )
        for one in rows
    ]


Met = tuple[str | None, str | None]
"""Whose file somebody of a list surely has, and what is to be said of it."""


def _met(session: Connection, person: Sought) -> Met:
    for id, alike in matching.likely(session, person.identity, matching.JUDGED):
        if alike.level not in _DOUBT:
            continue
        known = people.person_of(people.get(session, id))
        if surely(person.identity, matching.identity(known)):
            return id, _MET.format(name=known.name)
        return None, _PERHAPS_MET.format(name=known.name)
    return None, None


@dataclass(frozen=True)
class _Parted:
    """The rows to keep by id, what they teach those already kept, and what is doubtful."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    news: dict[str, dict[str, Any]] = field(default_factory=dict)
    warned: list[Remark] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    """lines that are somebody new"""


def _part(session: Connection, read: Read, common: dict[str, Any]) -> _Parted:
    """Whoever is already in this list or in another only teaches it the rest. Read beforehand: Save waits for nothing."""
    known, made = _Known(), _Parted()
    for row in sought.everybody(session):
        known.add(row.id, "une ligne d’une liste déjà importée", Sought(*row[1:6]))
    moment = round(common["imported_at"].timestamp() * 1000)
    for line, person, doubts in read.people:
        near = list(known.near(person))
        same = next(((id, other) for id, _, other in near if same_entry(person.identity, other.identity)), None)
        if same:
            id, other = same
            news = {name: value for name, value in vars(person).items() if value and not getattr(other, name)}
            if news:
                known.learn(id, news)
                (made.rows if id in made.rows else made.news).setdefault(id, {}).update(news)
            continue
        whose, said = _met(session, person)
        compared = [(where, likeness.compare(person.identity, other.identity)) for _, where, other in near]
        alike = [_ALIKE.format(where=where, why=", ".join(a.why)) for where, a in compared if a.level in _DOUBT][:1]
        made.warned.extend(Remark(line, problem.field, problem.sentence) for problem in doubts)
        made.warned.extend(Remark(line, None, sentence) for sentence in (*alike, said) if sentence)
        id = records.uuid7(moment)
        made.kept.add(line)
        made.rows[id] = {"id": id, **vars(person), **common, "found_person": whose}
        known.add(id, f"la ligne {line}", person)
    return made


_DOUBT = ("sure", "probable")


class _Known:
    """Everybody on a list, by the keys that likely same people share."""

    def __init__(self) -> None:
        self._people: dict[str, tuple[str, Sought]] = {}
        self._under: dict[str, list[str]] = {}

    def add(self, id: str, where: str, person: Sought) -> None:
        """One more; `where` says in words where they stand."""
        self._people[id] = where, person
        for key in _keys(person):
            self._under.setdefault(key, []).append(id)

    def learn(self, id: str, news: dict[str, Any]) -> None:
        """What another line says of somebody."""
        if news:
            where, person = self._people[id]
            self.add(id, where, replace(person, **news))

    def near(self, person: Sought) -> Iterator[tuple[str, str, Sought]]:
        """(id, where, who) of whoever shares a key with somebody."""
        for id in dict.fromkeys(id for key in _keys(person) for id in self._under.get(key, ())):
            yield id, *self._people[id]


def _keys(person: Sought) -> list[str]:
    """Of the birth date, the telephone and the names' sounds: nobody is probable without one of them."""
    return [key for key in likeness.keys(person.identity) if key[0] in "BNP"]
