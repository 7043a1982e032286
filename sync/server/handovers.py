"""What the office says of people it opened a file for: kept as its own change, and told to the laptops."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from milomobile.domain.texts import plain
from milomobile.reports import handovers
from sync import records
from sync.server import erasing, feeds, journal, merge, office, projection
from sync.server.filled import Said
from sync.server.kinds import day, readable
from sync.server.tables import Change, Entity

OPENED = "RATTACHE"
"""What a number alone says: the file was opened."""
_UNKNOWN = "Le serveur ne connaît personne sous cet identifiant. Rien n’est gardé de cette ligne."
_ERASED = "Cette personne a été effacée\u00a0: rien n’est gardé d’elle, ni de cette ligne."
_SHIFTED = (
    "Le nom et la date de naissance de cette ligne ne sont pas ceux de son identifiant\u00a0: une colonne a sans doute été "
    "triée seule. Rien n’est gardé de cette ligne."
)
_TWICE = "Les lignes {} parlent de la même personne et ne disent pas la même chose. Aucune n’est gardée."
_NAMED = 5
"""So many lines of one person are named."""
_OTHER_NAME = (
    "Le nom de naissance de cette ligne n’est pas celui de son identifiant\u00a0: vérifiez que la réponse est bien celle de cette "
    "personne. Gardé."
)
_NO_NUMBER = "Dossier créé, mais sans son numéro I-MILO. Gardé."
_SHARED = "Ce numéro I-MILO est déjà celui d’une autre personne\u00a0: sans doute la même, à réunir. Gardé."
_NO_APPOINTMENT = "Aucun rendez-vous n’est connu pour cette personne\u00a0: «\u00a0RDV honoré\u00a0» n’est pas gardé."
_FIELDS = {handovers.RESULT.key: "handover", handovers.NUMBER.key: "imilo_number", handovers.SCHEME.key: "scheme"}


@dataclass
class Report:
    """Lines taken, those that said nothing new, doubts and refusals, as `register` answers; `empty` were not filled in."""

    taken: int = 0
    already: int = 0
    empty: int = 0
    warned: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)


def keep(session: Connection, lines: Sequence[Said], now: int) -> Report:
    """Keeps the office's answers, line by line. To be called last in a transaction (`feeds.say`)."""
    here = _Here(session)
    report, items = Report(), list[dict[str, Any]]()
    contradicted = _contradicted(lines, here)
    for one in lines:
        if not one.answers and not one.wrong:
            report.empty += 1
        elif wrong := one.wrong or contradicted.get(one.line) or here.why_not(one):
            report.refused.append({"line": one.line, "field": wrong[0], "reason": wrong[1]})
        else:
            changes, doubts = here.news(one)
            report.warned += [{"line": one.line, "field": name, "reason": text} for name, text in doubts]
            for entity, id, said in changes:
                _change(session, entity, id, said, now)
                here.learn(entity, id, said)
            for entity, id, said in changes:
                items += [{entity: each, **said} for each in (here.circle(id) if entity == "person" else [id])]
            report.taken += bool(changes)
            report.already += not changes
            if changes:
                person = here.last(one.person)
                journal.note(session, now, "import rattachements", person)
    feeds.say(session, "verdicts", items)
    return report


def _change(session: Connection, entity: str, id: str, said: Mapping[str, Any], now: int) -> None:
    """The office's own line, kept as a laptop's is, and folded into what is known."""
    change = records.uuid7(now)
    text = records.line(
        id=change, hlc=records.tick("", now), entity=entity, entity_id=id, op="update", v=records.SCHEMA, set=said
    )
    row = {"id": change, "digest": sha256(text).digest(), "line": text, "entity": entity, "entity_id": id}
    session.execute(insert(Change).values(**row, node=merge.OFFICE, received=now))
    record = json.loads(text)
    kept = merge.Said(change, record["hlc"], merge.OFFICE, now, record["set"], {})
    projection.apply(session, [((entity, id), kept)])


Wrong = tuple[str | None, str]


def _contradicted(lines: Iterable[Said], here: "_Here") -> dict[int, Wrong]:
    """By line: the others that say something else of the same person."""
    of: dict[str, list[Said]] = defaultdict(list)
    for one in lines:
        if one.answers and not one.wrong:
            of[here.last(one.person)].append(one)
    found: dict[int, Wrong] = {}
    for told in of.values():
        if any(each.answers != told[0].answers for each in told):
            wrong = (None, _TWICE.format(_numbered([each.line for each in told])))
            found |= dict.fromkeys((each.line for each in told), wrong)
    return found


def _numbered(lines: Sequence[int]) -> str:
    """« 2, 3 et 4 », and of many the first ones."""
    left = len(lines) - _NAMED
    named = [str(line) for line in (lines[:_NAMED] if left > 0 else lines[:-1])]
    last = (f"{left} autres" if left > 1 else f"{left} autre") if left > 0 else str(lines[-1])
    return f"{', '.join(named)} et {last}"


class _Here:
    """What the server knows, read once for the whole file."""

    def __init__(self, session: Connection) -> None:
        self._session, self._into = session, office.merged(session)
        self._states = dict(office.states(session))
        self._losers: dict[str, list[str]] = defaultdict(list)
        for loser in self._into:
            self._losers[self.last(loser)].append(loser)
        self._numbers: dict[Any, set[str]] = defaultdict(set)
        for id, state in self._states.items():
            if isinstance(number := _value(state, "imilo_number"), int | str):
                self._numbers[number].add(self.last(id))
        self._meetings = _meetings(session)

    def last(self, person: str) -> str:
        """Whom somebody is shown as."""
        return office.last(person, self._into)

    def circle(self, person: str) -> list[str]:
        """Everyone found to be the same."""
        return [person, *self._losers[person]]

    def why_not(self, one: Said) -> Wrong | None:
        """Why a line cannot be of whom its identifier says."""
        if one.person not in self._states:
            gone = erasing.erased(self._session, [("person", one.person)])
            return handovers.ID.key, _ERASED if gone else _UNKNOWN
        known = self._shown(one)
        names = {plain(str(known.get(name) or "")) for name in ("given_name", "birth_name")} - {""}
        other_names = any(one.names) and names.isdisjoint(plain(name) for name in one.names)
        born = day(known.get("birth_date"))
        other_date = bool(one.born and born) and one.born != born
        return (handovers.ID.key, _SHIFTED) if other_names and (other_date or not (one.born and born)) else None

    def news(self, one: Said) -> tuple[list[tuple[str, str, dict[str, Any]]], list[Wrong]]:
        """(entity, id, set) of what a line says that was not known, and what is doubtful in it."""
        person, known, doubts = self.last(one.person), self._shown(one), list[Wrong]()
        said = {_FIELDS[key]: value for key, value in one.answers.items() if key in _FIELDS}
        if one.names[1] and known.get("birth_name") and plain(one.names[1]) != plain(str(known["birth_name"])):
            doubts.append(("birth_name", _OTHER_NAME))
        number = said.get("imilo_number")
        if number and "handover" not in said and known.get("handover") not in (OPENED, "DEJA_DOSSIER"):
            said["handover"] = OPENED
        if said.get("handover") == OPENED and not number and not known.get("imilo_number"):
            doubts.append((handovers.NUMBER.key, _NO_NUMBER))
        if number and self._numbers[number] - {person}:
            doubts.append((handovers.NUMBER.key, _SHARED))
        fresh = {name: value for name, value in said.items() if known.get(name) != value}
        changes: list[tuple[str, str, dict[str, Any]]] = [("person", person, fresh)] if fresh else []
        if status := one.answers.get(handovers.APPOINTMENT.key):
            kept = max((m for each in self.circle(person) for m in self._meetings.get(each, ())), default=None)
            if kept is None:
                doubts.append((handovers.APPOINTMENT.key, _NO_APPOINTMENT))
            elif kept[2] != status:
                changes.append(("appointment", kept[1], {"status": status}))
        return changes, doubts

    def learn(self, entity: str, id: str, said: Mapping[str, Any]) -> None:
        """What was just kept, for the lines below."""
        if entity == "person":
            state = self._states[id]
            for name, value in said.items():
                state[name] = ["2", value]
            if "imilo_number" in said:
                self._numbers[said["imilo_number"]].add(id)
        else:
            for met in self._meetings.values():
                met[:] = [(at, one, str(said["status"]) if one == id else status) for at, one, status in met]

    def _shown(self, one: Said) -> dict[str, Any]:
        state: merge.State = {}
        for each in self.circle(self.last(one.person)):
            state = merge.joined(state, self._states.get(each, {}))
        own = readable("person", merge.shown(self._states[one.person]))
        return readable("person", merge.shown(state)) | {name: own.get(name) for name in merge.IDENTITY}


def _value(state: merge.State, name: str) -> Any:
    return state[name][1] if name in state else None


def _meetings(session: Connection) -> dict[str, list[tuple[str, str, str]]]:
    """Person → (time, id, status) of each appointment that was not called off."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in session.execute(select(Entity.entity_id, Entity.state).where(Entity.entity == "appointment")):
        state = readable("appointment", merge.shown(dict(row.state)))
        if state.get("person") and state.get("status") != "ANNULE":
            found[str(state["person"])].append((str(state.get("at")), row.entity_id, str(state.get("status") or "")))
    return found
