"""Stops as they took place: opened, closed, corrected with their true times; who was met there follows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.actions.register import known_place
from milomobile.domain import hours
from milomobile.domain.dates import LOCAL
from milomobile.domain.outings import Halt, Place, Stop
from milomobile.domain.problems import Problem
from milomobile.domain.texts import never_kept, tidy
from milomobile.errors import NotOurs, NotReady
from milomobile.store import encounters, journal, outbox, outings
from milomobile.store.outbox import Letter
from sync import records

_GONE = "Cet arrêt n’est plus sur ce poste. Rien n’a été modifié. Revenez à «\u00a0Aujourd’hui\u00a0»."
_SOMEBODY = "Quelqu’un a été rencontré à cet arrêt\u00a0: il reste. Corrigez plutôt son lieu ou ses heures."
_LONGEST_REMARK = 280
_ACTS: dict[tuple[bool, bool] | None, str] = {
    (True, False): "change stop closed",
    (False, True): "change stop reopened",
}
"""Journal words by (was open, is open); anything else is a correction."""


def open_stop(
    profile: Profile, name: str, setting: str, commune: str | None, qpv: str | None, halt: Halt, now: datetime
) -> str:
    """A stop that begins (or took place); one still open ends where it begins. Returns its id.

    Makes outing and place where they are new. Raises NotReady for hours or texts that cannot be.
    """
    with profile.store.write() as session:
        return open_in(session, profile, (name, setting, commune, qpv), halt, now)


def open_in(
    session: Connection,
    profile: Profile,
    where: tuple[str, str, str | None, str | None],
    halt: Halt,
    now: datetime,
) -> str:
    """The same inside a transaction already begun; `where` is name, setting, commune, QPV."""
    name = place_name(where[0])
    opened = (halt.opened_at or now).astimezone(UTC)
    closed = halt.closed_at and halt.closed_at.astimezone(UTC)
    day, moment, letters = opened.astimezone(LOCAL).date(), round(now.timestamp() * 1000), list[Letter]()
    others = _others(session, day)
    before = next((one for one in others if _goes_on(one, opened, closed, now)), None)
    _check(opened, closed, halt, [one for one in others if one is not before], now)
    if before:
        outings.change_stop(session, before.id, {"closed_at": opened})
        letters.append(Letter("stop", before.id, {"closed_at": _local(opened)}, "update"))
        letters += _follow(session, before.id, before.place.id, before.opened_at, opened)
    outing = _outing(session, profile, day, halt.team, letters, moment)
    place = known_place(session, name, where[1], where[2], where[3], letters, moment)
    stop, values = records.uuid7(moment), _values(replace(halt, opened_at=opened, closed_at=closed))
    outings.add_stop(session, stop, outing, place.id, values)
    letters.append(Letter("stop", stop, {"outing": outing, "place": place.id, **_said(values)}))
    letters += _follow(session, stop, place.id, opened, closed)
    _put(session, letters, now)
    journal.write(session, now, profile.adviser_id, "create stop", stop)
    return stop


def correct_stop(profile: Profile, stop: str, halt: Halt, now: datetime) -> None:
    """A stop's true place, hours, partners, team and remark in place of those before; one without an end goes on.

    Who was registered at it was met at its place. Who was met there within its hours is then attached to it. Raises
    NotReady, or NotOurs where it is none.
    """
    with profile.store.write() as session:
        row = outings.stop(session, stop)
        if row is None:
            raise NotOurs(_GONE)
        kept = stop_of(row)
        opened = (halt.opened_at or kept.opened_at).astimezone(UTC)
        closed = halt.closed_at and halt.closed_at.astimezone(UTC)
        day = opened.astimezone(LOCAL).date()
        others = [one for one in _others(session, day) if one.id != stop]
        _check(opened, closed, halt, others, now)
        before = _values(kept.halt)
        values = {
            name: said
            for name, said in _values(replace(halt, opened_at=opened, closed_at=closed)).items()
            if said != before[name]
        }
        letters, moment = list[Letter](), round(now.timestamp() * 1000)
        moved = _outing_of_another_day(session, profile, row, day, halt.team, letters, moment)
        if values or moved:
            outings.change_stop(session, stop, {**values, **({"outing_id": moved} if moved else {})})
            letters.append(Letter("stop", stop, _said(values) | ({"outing": moved} if moved else {}), "update"))
        place = _moved(session, kept, halt.place, letters, moment)
        letters += _follow(session, stop, place, opened, closed)
        if letters:
            _put(session, letters, now)
            turned = (kept.closed_at is None, closed is None) if place == kept.place.id else None
            act = _ACTS.get(turned, "change stop")
            journal.write(session, now, profile.adviser_id, act, stop)


def undo_in(session: Connection, profile: Profile, stop: str, ended: str | None, now: datetime) -> None:
    """Forgets a stop that began by mistake; `ended` is the one that ended where it began, which then goes on.

    Its lines stay: one more withdraws it. Raises NotOurs where it is none, or where somebody was met there.
    """
    row = outings.stop(session, stop)
    if row is None:
        raise NotOurs(_GONE)
    if row.encounters:
        raise NotOurs(_SOMEBODY)
    outings.forget_stop(session, stop)
    letters = [Letter("stop", stop, {"withdrawn": True}, "update")]
    before = outings.stop(session, ended) if ended else None
    if before:
        outings.change_stop(session, before.id, {"closed_at": None})
        letters.append(Letter("stop", before.id, {"closed_at": None}, "update"))
        letters += _follow(session, before.id, before.place_id, before.opened_at, None)
    _put(session, letters, now)
    journal.write(session, now, profile.adviser_id, "erase stop", stop)


def places(profile: Profile) -> list[Place]:
    """Every known place."""
    with profile.store.read() as session:
        return outings.places(session)


def partners(profile: Profile) -> tuple[str, ...]:
    """Who may be at a stop: the office's list once it told one, else the one that comes with the program."""
    with profile.store.read() as session:
        return tuple(outings.partners(session)) or reference.PARTNERS


def advisers(profile: Profile) -> list[str]:
    """Who may be aboard: who uses this laptop, then the office's list."""
    with profile.store.read() as session:
        return outings.advisers(session)


def place_name(name: str) -> str:
    """A place's name as it is kept; raises NotReady."""
    name = tidy(name)
    if not 1 <= len(name) <= 80:
        raise _wrong("place", "Écrivez le nom du lieu\u00a0: de 1 à 80 caractères.")
    if never := never_kept(name):
        raise _wrong("place", never)
    return name


def stop_of(row: Any) -> Stop:
    """A row of the file as the pages show it."""
    return Stop(
        id=row.id,
        place=Place(row.place_id, row.name, row.setting, row.commune, row.qpv),
        commune=reference.commune_names().get(row.commune or ""),
        district=reference.lists()["qpv"].get(row.qpv or ""),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        partners=tuple(row.partners),
        encounters=row.encounters,
        registrations=row.registrations,
        team=tuple(row.team),
        remark=row.remark,
    )


def _others(session: Connection, day: date) -> list[Stop]:
    """The stops that may have an hour in common with one of that day, the last opened first."""
    rows = {row.id: row for row in (*outings.around(session, day), *outings.still_open(session))}
    return sorted(map(stop_of, rows.values()), key=lambda one: one.opened_at, reverse=True)


def _goes_on(other: Stop, opened: datetime, closed: datetime | None, now: datetime) -> bool:
    """Whether a stop still open ends where another begins."""
    forgotten = hours.left_open(other.opened_at, now)
    return other.closed_at is None and closed is None and other.opened_at <= opened and not forgotten


def _check(opened: datetime, closed: datetime | None, halt: Halt, others: Sequence[Stop], now: datetime) -> None:
    if wrong := hours.problem(opened, closed, others, now):
        raise NotReady(wrong.sentence, (wrong,))
    for text in (halt.remark or "", *halt.team, *halt.partners):
        if never := never_kept(text):
            raise _wrong("remark", never)
    if len(halt.remark or "") > _LONGEST_REMARK or any(len(name) > 80 for name in halt.team):
        raise _wrong("remark", f"Une remarque a {_LONGEST_REMARK} caractères au plus, un nom 80. Raccourcissez-les.")


def _wrong(field: str, sentence: str) -> NotReady:
    return NotReady(sentence, (Problem(field, sentence),))


def _values(halt: Halt) -> dict[str, Any]:
    """The columns of a stop."""
    remark = tidy(halt.remark or "") or None
    return {
        "opened_at": halt.opened_at,
        "closed_at": halt.closed_at,
        "partners": list(halt.partners),
        "remark": remark,
    }


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """The same as it travels; what is unknown from the beginning is left out, what is taken back is null."""
    said = {name: _local(value) if isinstance(value, datetime) else value for name, value in values.items()}
    whole = len(values) == len(_values(Halt()))
    return {name: value for name, value in said.items() if value is not None or not whole}


def _local(at: datetime) -> str:
    return at.astimezone(LOCAL).isoformat()


def _outing(
    session: Connection, profile: Profile, day: date, team: Sequence[str], letters: list[Letter], moment: int
) -> str:
    """The id of a day's outing, whose letter is added where it is new or its team changes; who opens is aboard."""
    known = outings.outing_of(session, day)
    aboard = list(dict.fromkeys((*(team or (known.team if known else ())), profile.adviser)))
    if known is None:
        outing = records.uuid7(moment)
        outings.add_outing(session, outing, day, aboard)
        letters.append(Letter("outing", outing, {"date": day.isoformat(), "team": aboard}))
        return outing
    if aboard != list(known.team):
        outings.put_team(session, known.id, aboard)
        letters.append(Letter("outing", known.id, {"team": aboard}, "update"))
    return str(known.id)


def _outing_of_another_day(
    session: Connection, profile: Profile, row: Any, day: date, team: Sequence[str], letters: list[Letter], moment: int
) -> str | None:
    """The outing that a corrected stop goes to where it began on another day; else only the team may change."""
    known = outings.outing_of(session, day)
    if known is None or known.id != row.outing_id:
        return _outing(session, profile, day, team or row.team, letters, moment)
    if team and list(team) != list(known.team):
        outings.put_team(session, known.id, team)
        letters.append(Letter("outing", known.id, {"team": list(team)}, "update"))
    return None


def _moved(session: Connection, kept: Stop, said: Place | None, letters: list[Letter], moment: int) -> str:
    """The id of the place where a stop was, whose letters are added where it is another than before."""
    if said is None:
        return kept.place.id
    place = known_place(session, place_name(said.name), said.setting, said.commune, said.qpv, letters, moment)
    if place.id != kept.place.id:
        letters.append(Letter("stop", kept.id, {"place": place.id}, "update"))
        moved = outings.move_stop(session, kept.id, place.id)
        letters += [Letter("encounter", one, {"place": place.id}, "update") for one in moved]
    return place.id


def _follow(session: Connection, stop: str, place: str, opened: datetime, closed: datetime | None) -> list[Letter]:
    moved = outings.follow(session, stop, place, opened, closed)
    return [Letter("encounter", encounter, {"stop": to}, "update") for encounter, to in moved.items()]


def _put(session: Connection, letters: Sequence[Letter], now: datetime) -> None:
    """Keeps the letters; an encounter that one tells of waits again."""
    seqs = outbox.put(session, letters, now)
    for letter, seq in zip(letters, seqs, strict=True):
        if letter.entity == "encounter":
            encounters.correct(session, letter.entity_id, {"seq": seq})
