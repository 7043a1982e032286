"""What the form shows of somebody kept: a `register` line made of their rows."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import WAYS, Situation
from milomobile.domain.form import from_line
from milomobile.errors import NotOurs
from milomobile.store import encounters, outings, people

_SITUATION = tuple(field.name for field in fields(Situation))
_NOTICE = ("how", "version", "language", "signature", "unsigned")
_ENCOUNTER = ("origin", "known", "outcome", "audiences", "needs", "barriers", "recall_on", "comment")
_OF_THAT_DAY = ("outcome", "needs", "barriers", "recall_on", "comment", "appointment", "at", "place", "setting")
GONE = "Cette fiche n’est plus sur ce poste. Rien n’a été modifié. Cherchez la personne dans la liste."


def line_of(session: Connection, person: str, encounter: str | None) -> dict[str, Any]:
    """The line of someone, and of an encounter with them where there is one; dates as ISO texts. Raises NotOurs."""
    row = people.get(session, person)
    if row is None:
        raise NotOurs(GONE)
    kept = row._mapping
    line: dict[str, Any] = {
        "kind": "named",
        "person": _plain(vars(people.person_of(row))),
        "handover": kept["handover"],
        "agrees": {way: kept[f"agrees_{way}"] for way in WAYS},
        "guardian": {name: kept[f"guardian_{name}"] for name in ("link", "name", "phone")},
        **{name: kept[name] for name in ("referent", "scheme", "imilo_number", "structure")},
    }
    if kept["agrees_partners"]:
        line["agrees"]["partners"] = dict(kept["agrees_partners"])
    met = encounters.get(session, encounter)._mapping if encounter else None
    if met is None:
        return line | {"place": "Hors arrêt"}
    line |= _plain({name: met[name] for name in _ENCOUNTER})
    line["notice"] = {name: met[f"notice_{name}"] for name in _NOTICE}
    line["situation"] = {name: met[name] for name in _SITUATION}
    line |= {"at": met["at"].astimezone(LOCAL).isoformat(), "place": outings.place_name(session, met["place_id"])}
    meeting = encounters.appointment_of(session, met["id"])
    return line | ({"appointment": _plain({"at": meeting.at, "place": meeting.place})} if meeting else {})


def answers(session: Connection, person: str, encounter: str | None) -> dict[str, Any]:
    """The same as the answers of a filled form."""
    line = line_of(session, person, encounter)
    partners = line["agrees"].pop("partners", None)
    return from_line(line) | ({"agrees.partners": partners} if partners else {})


def met_again(profile: Profile, person: str) -> dict[str, Any]:
    """The answers that a new encounter with someone known begins with: all but what is said anew each time.

    The notice counts as given where it was, in today's version. Raises NotOurs.
    """
    with profile.store.read() as session:
        who = people.merged(session, person)
        last = encounters.last_of(session, people.circle(session, who))
        found = answers(session, who, last.id if last else None)
    told = found.pop("notice.version", None) == reference.NOTICE_VERSION
    dropped = ("notice.signature", "notice.unsigned", *(() if told else ("notice.how", "notice.language")))
    begun = {n: a for n, a in found.items() if n.split(".")[0] not in _OF_THAT_DAY and n not in dropped}
    return begun | {"same_as": who}


def named_later(profile: Profile, encounter: str) -> dict[str, Any]:
    """The answers that the form begins with for an anonymous contact who gives a name. Raises NotOurs."""
    with profile.store.read() as session:
        met = encounters.get(session, encounter)
        if met is None or met.kind != "anonymous":
            raise NotOurs(
                "Ce contact anonyme n’est plus sur ce poste, ou a déjà un nom. Rien n’a été modifié. Cherchez la personne dans la liste."
            )
        place = outings.place_name(session, met.place_id)
    at = met.at.astimezone(LOCAL).isoformat()
    where = {"place": place, "at": at, "at_stop": True}
    return where | {"was_anonymous": encounter, "person.sex": met.sex, "needs": list(met.needs)}


def _plain(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: _iso(said) for name, said in answers.items()}


def _iso(said: Any) -> Any:
    if isinstance(said, datetime):
        return said.astimezone(LOCAL).isoformat()
    return said.isoformat() if isinstance(said, date) else said
