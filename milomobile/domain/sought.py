"""People to look for: an office's list (PSAD, a CFA…) of whom nobody met yet, and who is found to be one of them."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milomobile.domain.choices import Lists
from milomobile.domain.dates import age_on, read_date
from milomobile.domain.headings import Headings
from milomobile.domain.likeness import Identity, identity_of
from milomobile.domain.people import Person
from milomobile.domain.phones import read_phone
from milomobile.domain.problems import Problem, person_problems
from milomobile.domain.texts import never_kept, tidy

KEPT = 12
"""Months that a list is kept at most."""
_GUARD = re.compile(r"^'(?=[=+\-@\t\r])")
_HOUR = re.compile(r"[ T]\d{1,2}:\d\d(:\d\d)?(\.\d+)?$")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_UNDER_16 = (
    "La personne a {age} ans. Une liste ne garde personne de moins de 16 ans\u00a0: cette ligne n’a pas été gardée."
)
_NEVER = "Cette case ressemble à un numéro de sécurité sociale ou de carte bancaire\u00a0: elle n’a pas été lue."
_ONE_NAME = "Il manque le prénom ou le nom. Gardée, à vérifier."
_NO_NAME = "Cette ligne n’a ni prénom ni nom."
_NO_PHONE = "Ce téléphone n’a pas pu être lu\u00a0: il n’a pas été gardé."


@dataclass(frozen=True)
class Sought:
    """Someone of a list: no file of theirs exists, and they were told nothing yet. `commune` is as written there."""

    given_name: str
    birth_name: str
    birth_date: date | None = None
    phone: str | None = None
    commune: str | None = None

    @property
    def identity(self) -> Identity:
        """What is compared."""
        return identity_of(self.given_name, self.birth_name, self.birth_date, self.phone)

    @property
    def name(self) -> str:
        """Given name, then name."""
        return f"{self.given_name} {self.birth_name}".strip()


@dataclass(frozen=True)
class Candidate:
    """Someone of a list who may be the one being typed: how likely, why, and on which list, in words."""

    id: str
    sought: Sought
    level: str
    why: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class Remark:
    """One doubtful or refused line of a list: its number, the field of a `register` line, and why."""

    line: int
    field: str | None
    reason: str


@dataclass(frozen=True)
class ListReport:
    """What came of a list: counts and remarks, the columns that were not read, and the last day it is kept."""

    taken: int
    already: int
    warned: tuple[Remark, ...]
    refused: tuple[Remark, ...]
    left: tuple[str, ...]
    keep_until: date


@dataclass(frozen=True)
class SoughtList:
    """One list on this laptop: how many it holds, and how many of them were met."""

    purpose: str
    source: str
    imported: date
    keep_until: date
    people: int
    found: int


def read_row(
    cells: Sequence[str], columns: Headings, first_day: date, today: date, lists: Lists
) -> tuple[Sought | None, tuple[Problem, ...]]:
    """The person of a row and what is doubtful; None, and why, where the row is refused."""
    problems: list[Problem] = []

    def cell(what: str) -> str:
        texts = (_GUARD.sub("", tidy(cells[at]), 1) for at in columns.places.get(what, ()) if at < len(cells))
        text = next((text for text in texts if text), "")
        if never_kept(text):
            problems.append(Problem(f"person.{what}", _NEVER, False))
            return ""
        return text

    given, name = cell("given_name"), cell("birth_name") or cell("usual_name")
    whole = cell("name") or (name if "given_name" not in columns.places else "")
    if whole and not given:
        given, name = _parted(whole)
    if not (given or name):
        return None, (Problem("person.birth_name", _NO_NAME),)
    if not (given and name):
        problems.append(Problem("person.given_name" if name else "person.birth_name", _ONE_NAME, False))
    try:
        born = read_day(cell("birth_date"), first_day, today)
    except ValueError as wrong:
        return None, (Problem("person.birth_date", str(wrong)),)
    if born and born <= today and (age := age_on(born, today)) < 16:
        return None, (Problem("person.birth_date", _UNDER_16.format(age=age)),)
    phone = _phone(cell("phone"), problems)
    person = Person(given, name, True, None, born, phone=phone, social=None if phone else "-")
    problems += person_problems(person, today, lists)
    if refused := [problem for problem in problems if problem.refused]:
        return None, (refused[0],)
    return Sought(given, name, born, phone, cell("commune")[:80] or None), tuple(problems)


def _parted(whole: str) -> tuple[str, str]:
    """Given name and name of a cell that holds both: capitals are the name, else its first word."""
    words = whole.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if not 0 < len(capitals) < len(words):
        capitals = words[:1]
    return " ".join(word for word in words if word not in capitals), " ".join(capitals)


def _phone(text: str, problems: list[Problem]) -> str | None:
    if not any(c.isdigit() for c in text):
        return None
    if len(text) > 40:
        problems.append(Problem("person.phone", _NO_PHONE, False))
        return None
    return read_phone(re.sub(r"(?<=\d)\.0$", "", text))[0]


def read_day(text: str, first_day: date, today: date) -> date | None:
    """A day as typed, or as the number that a spreadsheet keeps for it; raises ValueError with the sentence to show."""
    bare = _HOUR.sub("", text.strip())
    if not bare:
        return None
    if serial := _SERIAL.fullmatch(bare):
        return first_day + timedelta(days=int(serial[1]))
    return read_date(bare, today)


def last_day(imported: date, months: int = KEPT) -> date:
    """Until when a list is kept: twelve months at most (domain.md 4.4); raises ValueError beyond."""
    if not 1 <= months <= KEPT:
        raise ValueError(months)
    year, month = divmod(imported.year * 12 + imported.month - 1 + months, 12)
    return date(year, month + 1, min(imported.day, monthrange(year, month + 1)[1]))


def surely(one: Identity, other: Identity) -> bool:
    """Whether somebody of a list is somebody met: the same names in any order and birth date, no other telephone."""
    return _same_names(one, other) and one.born == other.born != "" and not _against(one.phone, other.phone)


def same_entry(one: Identity, other: Identity) -> bool:
    """Whether two lines are about one person: the same names, nothing that speaks against it, and a date or telephone.

    Two lines that have names alone, and the same, are one too.
    """
    if not _same_names(one, other) or _against(one.born, other.born) or _against(one.phone, other.phone):
        return False
    bare = not any((one.born, other.born, one.phone, other.phone))
    return bare or one.born == other.born != "" or one.phone == other.phone != ""


def _same_names(one: Identity, other: Identity) -> bool:
    words = [sorted(f"{each.given_name} {each.birth_name}".split()) for each in (one, other)]
    return words[0] == words[1] != []


def _against(one: str, other: str) -> bool:
    return bool(one and other and one != other)
