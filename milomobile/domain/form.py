"""From what was typed in a form to a `register` line: dates, months and times as people write them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from milomobile.domain.dates import LOCAL, french_date, french_time, read_date, read_month, read_time
from milomobile.domain.people import abroad
from milomobile.domain.phones import show_phone
from milomobile.domain.problems import Problem

DATES = ("person.birth_date", "recall_on", "appointment.day")
MONTH = "situation.left_school"
PHONES = ("person.phone", "guardian.phone")
ABROAD = "abroad"
"""A box of the form alone: somebody who lives abroad is asked for the country instead of the commune."""
_COUNTS = {
    "person.stated_age": "Écrivez un âge, par exemple 19.",
    "situation.children": "Écrivez un nombre, par exemple 1.",
    "imilo_number": "Écrivez le numéro du dossier, par exemple 1234567.",
}


def to_line(
    answers: Mapping[str, Any], place: str, setting: str | None, notice: str, now: datetime
) -> tuple[dict[str, Any], list[Problem]]:
    """The line of a half or wholly filled form, and what could not be read; empty answers are left out."""
    line: dict[str, Any] = {"kind": "named", "at": now.isoformat(), "place": place, "notice": {"version": notice}}
    wrong: list[Problem] = []
    if setting:
        line["setting"] = setting
    for name, typed in answers.items():
        if typed in ("", None, []) or name == ABROAD or name.startswith("appointment."):
            continue
        if typed is False and not name.startswith("agrees."):
            continue
        value = typed
        try:
            if name in DATES:
                value = read_date(str(typed), _latest(name, now)).isoformat()
            elif name == MONTH:
                value = read_month(str(typed))
            elif name in _COUNTS:
                value = _count(str(typed))
        except ValueError as said:
            wrong.append(Problem(name, _COUNTS.get(name) or str(said)))
            continue
        *parents, last = name.split(".")
        part = line
        for parent in parents:
            part = part.setdefault(parent, {})
        part[last] = value
    meeting, meeting_wrong = _meeting(answers, now)
    if meeting:
        line["appointment"] = meeting
    return line, wrong + meeting_wrong


def _count(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 12:
        raise ValueError(typed[:12])
    return int(typed)


def _latest(name: str, now: datetime) -> date:
    """Two-digit years of a birth are in the past; those of a plan may be in the future."""
    today = now.astimezone(LOCAL).date()
    return today if name == "person.birth_date" else today.replace(year=today.year + 5, day=1)


def _meeting(answers: Mapping[str, Any], now: datetime) -> tuple[dict[str, str] | None, list[Problem]]:
    day, at, place = (str(answers.get(f"appointment.{part}") or "") for part in ("day", "time", "place"))
    if not (day or at or place):
        return None, []
    wrong = []
    found_day, found_time = None, None
    try:
        found_day = read_date(day, _latest("", now))
    except ValueError as said:
        wrong.append(Problem("appointment.day", str(said)))
    try:
        found_time = read_time(at)
    except ValueError as said:
        wrong.append(Problem("appointment.time", str(said)))
    if not place:
        wrong.append(Problem("appointment.place", "Indiquez le lieu du rendez-vous."))
    if wrong or found_day is None or found_time is None:
        return None, wrong
    return {"at": datetime.combine(found_day, found_time, LOCAL).isoformat(), "place": place}, []


def from_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a filled form shows for a line: the other way round of `to_line`."""
    answers: dict[str, Any] = {}
    for name, value in _flat(line):
        if name == "appointment.at" and value:
            at = datetime.fromisoformat(value).astimezone(LOCAL)
            answers |= {"appointment.day": french_date(at.date()), "appointment.time": french_time(at)}
            continue
        if value in (None, "", [], False):
            continue
        if name in DATES:
            value = french_date(date.fromisoformat(value) if isinstance(value, str) else value)
        elif name == MONTH:
            value = f"{value[5:]}/{value[:4]}"
        elif name in PHONES:
            value = show_phone(value)
        answers[name] = str(value) if name in _COUNTS else list(value) if isinstance(value, tuple) else value
    if abroad(answers.get("person.country")):
        answers[ABROAD] = True
    return answers


def _flat(line: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in line.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
