"""Who was likely registered twice, over all laptops: by the same likeness as the form's « Déjà une fiche ? »."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from sqlalchemy import Connection

from milomobile.domain import likeness
from sync.server import merge, office
from sync.server.kinds import readable

_COMPARED = ("given_name", "birth_name", "birth_date", "phone")
_UNDER_ONE_KEY = 2000
"""So many people are looked at with each other under a common key."""


@dataclass(frozen=True)
class Match:
    """Two people who are likely one: the later registered would become part of the earlier; `why` in French."""

    later: str
    earlier: str
    level: str
    why: tuple[str, ...]


def matches(session: Connection, now: int) -> list[Match]:
    """Surely or probably same people, the likeliest first; whoever is merged counts as the one they became."""
    into, today = office.merged(session), datetime.fromtimestamp(now / 1000, UTC).date()
    known: dict[str, likeness.Identity] = {}
    apart: set[tuple[str, str]] = set()
    groups: dict[str, list[str]] = {}
    for person, state in office.states(session):
        said = readable("person", merge.shown(state))
        apart |= {(person, other) for other in said.get("apart") or ()}
        given, family, born, phone = (str(said.get(name) or "") for name in _COMPARED)
        known[person] = likeness.identity(given, family, born, phone, today)
        for key in likeness.keys(known[person]):
            groups.setdefault(key, []).append(person)
    found: dict[tuple[str, str], likeness.Likeness] = {}
    for one, other in _near(groups, known):
        earlier, later = sorted((office.last(one, into), office.last(other, into)))
        alike = likeness.compare(known[one], known[other])
        if earlier == later or {(one, other), (other, one)} & apart or alike.level not in ("sure", "probable"):
            continue
        best = found.get((later, earlier))
        if best is None or alike.points > best.points:
            found[later, earlier] = alike
    return [
        Match(later, earlier, str(alike.level), alike.why)
        for (later, earlier), alike in sorted(found.items(), key=lambda each: (-each[1].points, each[0]))
    ]


def _near(groups: dict[str, list[str]], known: dict[str, likeness.Identity]) -> set[tuple[str, str]]:
    """Who share a key and may be probably the same: their number grows with the square, so that little is asked of each pair."""
    pairs = (pair for people in groups.values() for pair in combinations(sorted(people)[:_UNDER_ONE_KEY], 2))
    return {(one, other) for one, other in pairs if likeness.near(known[one], known[other])}
