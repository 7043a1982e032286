"""Two files of one person: found, shown as one, taken apart again, or said to be of two people."""

from datetime import datetime

from sqlalchemy import Connection

from milomobile.actions.open import Profile
from milomobile.domain.likeness import Identity, Likeness
from milomobile.domain.people import Alike
from milomobile.errors import NotOurs
from milomobile.store import encounters, journal, matching, outbox, people
from milomobile.store.outbox import Letter

SHOWN = 5
_GONE = "L’une des deux fiches n’est plus sur ce poste. Rien n’a été modifié. Cherchez la personne dans la liste."
_SAME = "Ces deux fiches n’en font déjà qu’une. Rien n’a été modifié, il n’y a rien à faire."
_OFFICE = "C’est le bureau qui a réuni ces fiches\u00a0: lui seul peut les séparer. Rien n’a été modifié. Appelez-le."


def alike(profile: Profile, identity: Identity) -> list[Alike]:
    """At most five people here who may be the one being typed, the likeliest first."""
    with profile.store.read() as session:
        return _shown(session, matching.likely(session, identity)[:SHOWN])


def known(profile: Profile, person: str) -> Alike:
    """Someone kept, as `alike` shows them; raises NotOurs."""
    with profile.store.read() as session:
        who = people.merged(session, person)
        found = _shown(session, [(who, Likeness(0, None, ()))]) if people.get(session, who) else []
        if not found:
            raise NotOurs(_GONE)
        return found[0]


def doubles(profile: Profile, person: str) -> list[Alike]:
    """Other files that may be of someone known, the likeliest first; not those said to be of somebody else."""
    with profile.store.read() as session:
        row = people.get(session, person)
        if row is None:
            return []
        found = matching.likely(session, matching.identity(row))
        others = [(id, how) for id, how in found if id != person and id not in row.apart]
        shown = _shown(session, others[:SHOWN])
        return [one for one in shown if person not in people.get(session, one.id).apart]


def _shown(session: Connection, found: list[tuple[str, Likeness]]) -> list[Alike]:
    shown = []
    for id, how in found:
        met = encounters.last_of(session, people.circle(session, id))
        if met:
            who = people.person_of(people.get(session, id))
            shown.append(Alike(id, who, str(how.level), how.why, met.at, met.place))
    return shown


def merge(profile: Profile, loser: str, winner: str, now: datetime) -> None:
    """Shows one file as part of another from now on, here and at the office. Raises NotOurs."""
    with profile.store.write() as session:
        if people.get(session, loser) is None or people.get(session, winner) is None:
            raise NotOurs(_GONE)
        winner = people.merged(session, winner)
        if people.merged(session, loser) != loser or loser == winner:
            raise NotOurs(_SAME)
        people.merge(session, loser, winner)
        outbox.put(session, [Letter("person", loser, {"same_as": winner}, "update")], now)
        journal.write(session, now, profile.adviser_id, "merge", loser)


def part(profile: Profile, loser: str, now: datetime) -> None:
    """Takes back what an adviser merged. Raises NotOurs for what is not merged here, or was by the office."""
    with profile.store.write() as session:
        row = people.get(session, loser)
        if row is None or row.merged_into is None:
            raise NotOurs(_GONE)
        if row.merged_by == "office":
            raise NotOurs(_OFFICE)
        people.merge(session, loser, None)
        outbox.put(session, [Letter("person", loser, {"same_as": None}, "update")], now)
        journal.write(session, now, profile.adviser_id, "merge undone", loser)


def set_apart(profile: Profile, person: str, other: str, now: datetime) -> None:
    """Two who are alike are two people: they are not proposed again. Raises NotOurs."""
    with profile.store.write() as session:
        if people.get(session, person) is None or people.get(session, other) is None:
            raise NotOurs(_GONE)
        said = people.part(session, person, other)
        outbox.put(session, [Letter("person", person, {"apart": said}, "update")], now)
        journal.write(session, now, profile.adviser_id, "merge apart", person)
