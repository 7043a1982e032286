"""Mode discret (F8): what the verbs tell of people is hidden before any page hears it (docs/decisions/0011)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from milomobile.domain.files import Asked, FirstLines
from milomobile.domain.outings import Day, Draft, Recall, Row
from milomobile.domain.people import Alike, Found, Person, Sheet
from milomobile.domain.referrals import Referral
from milomobile.domain.sending import Refused, Waiting
from milomobile.domain.sought import Candidate, ListReport, Remark, Sought
from milomobile.domain.sought_columns import Line, Meanings, Opened, Preview
from milomobile.ui.parts.hidden import HIDDEN, Hidden, initials_of
from milomobile.ui.verbs import Verbs

_T = TypeVar("_T")


class Veil(QObject):
    """`on` hides everybody but who is `held` (an id), as long as a key is; `changed` at each change of these."""

    changed = Signal()

    def __init__(self, on: bool) -> None:
        super().__init__()
        self.on, self.held = on, ""

    def hides(self, id: str | None) -> bool:
        """Whether somebody is not to be told of."""
        return self.on and (not id or id != self.held)

    def switch(self, on: bool) -> None:
        """Everybody, or nobody."""
        if on != self.on:
            self.on, self.held = on, ""
            self.changed.emit()

    def hold(self, id: str) -> None:
        """One is shown, until an empty id."""
        if self.on and id != self.held:
            self.held = id
            self.changed.emit()


@dataclass(frozen=True)
class _Nobody(Person):
    """Somebody of whom only the initials are told."""

    @property
    def name(self) -> str:
        """Initials."""
        return Hidden(self.given_name)


@dataclass(frozen=True)
class _NobodySought(Sought):
    @property
    def name(self) -> str:
        """Initials."""
        return Hidden(self.given_name)


def veiled(verbs: Verbs, veil: Veil) -> Verbs:
    """The same verbs; those that tell of people ask the veil each time. What fills the form's fields stays as kept."""

    def each(hide: Callable[[_T], _T], id: Callable[[_T], str | None], found: Sequence[_T]) -> list[_T]:
        return [hide(one) if veil.hides(id(one)) else one for one in found]

    def day() -> Day:
        told = verbs.day()
        return replace(told, met=tuple(each(_row, lambda one: one.person, told.met))) if veil.on else told

    def people_at(ranks: Sequence[int]) -> Sequence[Found | None]:
        return [_found(one) if one and veil.hides(one.id) else one for one in verbs.people_at(ranks)]

    def sheet(id: str) -> Sheet:
        told = verbs.sheet(id)
        return _sheet(told) if veil.hides(id) else told

    def waiting() -> Waiting:
        told = verbs.waiting()
        return replace(told, refused=tuple(each(_refused, lambda one: one.person, told.refused))) if veil.on else told

    def open_list(file: Path) -> Opened:
        told = verbs.open_list(file)
        return replace(told, columns=tuple(replace(one, samples=()) for one in told.columns)) if veil.on else told

    def preview_list(file: Path, meanings: Meanings) -> Preview:
        told = verbs.preview_list(file, meanings)
        return replace(told, first=tuple(map(_line, told.first))) if veil.on else told

    def import_list(file: Path, purpose: str, meanings: Meanings, months: int) -> ListReport:
        told = verbs.import_list(file, purpose, meanings, months)
        return replace(told, warned=tuple(map(_remark, told.warned))) if veil.on else told

    def at_a_stop(act: Callable[..., str], *asked: object) -> str:
        id = act(*asked)
        if verbs.preferences().discreet_at_stops:
            veil.switch(True)
        return id

    def known(id: str) -> Alike:
        told = verbs.known(id)
        return _alike(told) if veil.hides(id) else told

    def preview(asked: Asked) -> FirstLines:
        told = verbs.files.preview(asked)
        return _first_lines(told) if veil.on else told

    def behind(what: str, first: date, last: date) -> Sequence[Found]:
        return each(_found, lambda one: one.id, verbs.bilan.behind(what, first, last))

    return replace(
        verbs,
        files=replace(verbs.files, preview=preview),
        bilan=replace(verbs.bilan, behind=behind),
        day=day,
        people_at=people_at,
        sheet=sheet,
        waiting=waiting,
        known=known,
        open_list=open_list,
        preview_list=preview_list,
        import_list=import_list,
        open_stop=partial(at_a_stop, verbs.open_stop),
        start_planned=partial(at_a_stop, verbs.start_planned),
        search=lambda typed: each(_found, lambda one: one.id, verbs.search(typed)),
        to_call=lambda: each(_recall, lambda one: one.person, verbs.to_call()),
        alike=lambda *typed: each(_alike, lambda one: one.id, verbs.alike(*typed)),
        doubles=lambda id: each(_alike, lambda one: one.id, verbs.doubles(id)),
        sought=lambda *typed: each(_candidate, lambda one: one.id, verbs.sought(*typed)),
        drafts=lambda: each(_draft, lambda one: one.id, verbs.drafts()),
        referrals=lambda id: each(_referral, lambda one: one.person, verbs.referrals(id)),
    )


def _first_lines(one: FirstLines) -> FirstLines:
    lines = [[HIDDEN if at in one.naming and cell else cell for at, cell in enumerate(line)] for line in one.lines]
    return replace(one, lines=lines)


def _row(one: Row) -> Row:
    if one.state in ("anonymous", "group"):
        return one
    return replace(one, name=initials_of(one.name), initials="", age="", line="")


def _found(one: Found) -> Found:
    return replace(one, name=initials_of(one.name), birth_date=None, age=None, commune=None, qpv=None)


def _recall(one: Recall) -> Recall:
    return replace(one, name=initials_of(one.name), initials="", why="")


def _person(one: Person) -> Person:
    return _Nobody(given_name=initials_of(one.name))


def _alike(one: Alike) -> Alike:
    return replace(one, person=_person(one.person))


def _candidate(one: Candidate) -> Candidate:
    return replace(one, sought=_NobodySought(initials_of(one.sought.name), ""))


def _sheet(one: Sheet) -> Sheet:
    met = tuple(replace(each, needs=(), outcome=None) for each in one.encounters)
    parts = tuple(replace(each, name=initials_of(each.name)) for each in one.parts)
    told = replace(one, person=_person(one.person), encounters=met, parts=parts, imilo_number=None, outside=False)
    return replace(told, commune=None, district=None, situation=None, handover=None, structure=None)


def _refused(one: Refused) -> Refused:
    return replace(one, name=initials_of(one.name))


def _referral(one: Referral) -> Referral:
    return replace(one, name=Hidden(HIDDEN), structure=HIDDEN)


def _draft(one: Draft) -> Draft:
    names = (str(one.answers.get(f"person.{part}_name") or "") for part in ("given", "birth"))
    name = initials_of(" ".join(part for part in names if part))
    return replace(one, answers={"person.birth_name": name} if name else {})


def _line(one: Line) -> Line:
    person = _NobodySought(initials_of(one.person.name), "")
    return replace(one, person=person, said=one.said and "À vérifier. Le détail est masqué en mode discret.")


def _remark(one: Remark) -> Remark:
    """Who was met already is said by name: only that a line is to be looked at stays."""
    return (
        one
        if one.field
        else replace(one, reason="Ressemble à quelqu’un de connu. Le détail est masqué en mode discret.")
    )
