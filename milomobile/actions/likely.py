"""« Déjà une fiche ? »: likely same people, in the store or in a file, for identities as typed."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from milomobile.actions.lines import lines_of
from milomobile.actions.open import Profile
from milomobile.domain import likeness
from milomobile.domain.likeness import Identity, Likeness
from milomobile.errors import NotOurs
from milomobile.store import matching, people

SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    """Someone who may be the same: `score` from 0 to 1."""

    id: str
    name: str
    score: float
    level: str
    why: tuple[str, ...]


def in_store(profile: Profile, one: Identity) -> list[Candidate]:
    """At most five people of the store, the likeliest first."""
    with profile.store.read() as session:
        found = matching.likely(session, one)[:SHOWN]
        return [_candidate(id, people.person_of(people.get(session, id)).name, alike) for id, alike in found]


def in_file(file: Path, today: date) -> Callable[[Identity], list[Candidate]]:
    """The same over the identities of a file; raises NotOurs where a line of it is none."""
    known: dict[str, tuple[str, Identity]] = {}
    under: dict[str, list[str]] = {}
    for id, name, one in identities(file, today):
        known[id] = name, one
        for key in likeness.keys(one):
            under.setdefault(key, []).append(id)

    def find(one: Identity) -> list[Candidate]:
        sharing = {id for key in likeness.keys(one) for id in under.get(key, ())}
        compared = ((id, likeness.compare(one, known[id][1])) for id in sharing)
        found = sorted(((id, alike) for id, alike in compared if alike.level), key=lambda each: -each[1].points)
        return [_candidate(id, known[id][0], alike) for id, alike in found[:SHOWN]]

    return find


def identities(file: Path, today: date) -> Iterator[tuple[str, str, Identity]]:
    """(id, name, identity) of each line of a JSON-lines file; any text may be missing. Raises NotOurs."""
    for number, raw in enumerate(lines_of(file), 1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw.decode("utf-8-sig"))
            id = str(line["id"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NotOurs(
                f"La ligne {number} de {file} n’est pas une identité (un objet JSON avec un «\u00a0id\u00a0»). Rien "
                f"n’a été modifié. Corrigez-la."
            ) from None
        given, family, born, phone = (_text(line.get(name)) for name in _FIELDS)
        yield id, f"{given} {family}".strip(), likeness.identity(given, family, born, phone, today)


_FIELDS = ("given_name", "birth_name", "birth_date", "phone")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def answers(asked: Iterable[tuple[str, str, Identity]], find: Callable[[Identity], list[Candidate]]) -> Iterator[Any]:
    """What `milomobile likely` prints, a line for each identity."""
    for id, _, one in asked:
        yield {"id": id, "candidates": [vars(found) for found in find(one)]}


def _candidate(id: str, name: str, alike: Likeness) -> Candidate:
    score = round(min(1.0, max(0.0, alike.points / likeness.MOST)), 3)
    return Candidate(id, name, score, str(alike.level), alike.why)
