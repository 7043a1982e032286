"""Acts of the office on people: merging, taking it back, erasing, identities in conflict, protected criteria."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, insert, select, update

from milomobile.domain.dates import french_date
from milomobile.domain.erasure import ASKED, REASONS
from sync import records
from sync.server import erasing, feeds, journal, merge
from sync.server.kinds import day, readable
from sync.server.tables import Change, Entity, Merge
from sync.server.wrong import Wrong

CRITERIA = ("justice", "ase", "rqth")
_REACHED_BY = ("phone", "email")
_UNKNOWN = "Le serveur ne connaît personne sous l’identifiant {}. Rien n’a été modifié."


def conflicts(session: Connection) -> list[tuple[str, str, list[Any]]]:
    """(person, field, values, the oldest first) where laptops disagree on who someone is, or on how to reach whom two of them met.

    Merged, whom they became.
    """
    into, files = merged(session), dict[str, list[merge.State]]()
    found = []
    for person, state in states(session):
        files.setdefault(last(person, into), []).append(state)
        found += [(last(person, into), field, values) for field, values in sorted(merge.conflicts(state).items())]
    for person, several in files.items():
        for field in _REACHED_BY:
            said = sorted((one[field] for one in several if field in one), key=lambda kept: str(kept[0]))
            values = dict.fromkeys(value for _, value in said if value and isinstance(value, str))
            if len(values) > 1:
                found.append((person, field, list(values)))
    return found


def unite(session: Connection, loser: str, winner: str, now: int, device: str | None = None) -> str:
    """Shows `loser` as part of `winner` from now on, here and on the laptops; returns the merge's id. Raises Wrong.

    `device` is the laptop whose adviser found it, None the office. To be called last in a transaction (`feeds.say`).
    """
    session.execute(_rows(sorted((loser, winner))).with_for_update())
    into = merged(session)
    for person in (loser, winner):
        check_known(session, person)
    if loser == winner:
        raise Wrong("Une personne ne se réunit pas avec elle-même. Rien n’a été modifié.")
    if loser in into:
        raise Wrong(f"La personne {loser} est déjà réunie avec {into[loser]}. Rien n’a été modifié.")
    if last(winner, into) == loser:
        raise Wrong(f"La personne {winner} est déjà réunie avec {loser}, pas l’inverse. Rien n’a été modifié.")
    if winner in into:
        raise Wrong(f"La personne {winner} est déjà réunie avec {last(winner, into)}\u00a0: donnez plutôt celle-ci.")
    id = records.uuid7(now)
    session.execute(insert(Merge).values(id=id, loser=loser, winner=winner, at=now, undone=None, device=device))
    by = {"by": "adviser"} if device else {}
    feeds.say(session, "merges", [{"id": id, "loser": loser, "winner": winner, **by}])
    return id


def part(session: Connection, id: str, now: int) -> None:
    """Takes a merge back. Raises Wrong. To be called last in a transaction (`feeds.say`)."""
    done = update(Merge).where(Merge.id == id, Merge.undone.is_(None)).values(undone=now).returning(Merge.loser)
    loser = session.execute(done).scalar()
    if loser is None:
        raise Wrong("Aucune réunion de fiches ne porte cet identifiant. Rien n’a été modifié.")
    feeds.say(session, "merges", [{"id": id, "loser": loser, "winner": None}])


def hear(session: Connection, device: str, taken: Iterable[dict[str, Any]], now: int) -> None:
    """Does what advisers said of whom is the same as whom, in records already folded; the office goes before them.

    What cannot be (a circle, somebody erased, a merge of the office) stays as it was. To be called last in a transaction.
    """
    said = {record["entity_id"] for record in taken if record["entity"] == "person" and "same_as" in record["set"]}
    rows = session.execute(_rows(sorted(said)).add_columns(Entity.state)).all() if said else []
    for row in rows:
        winner = row.state["same_as"][1]
        mine = (Merge.loser == row.entity_id, Merge.undone.is_(None), Merge.device.is_not(None))
        kept = session.execute(select(Merge.id, Merge.winner).where(*mine)).first()
        if kept and kept.winner != winner:
            part(session, kept.id, now)
        if winner and (kept is None or kept.winner != winner):
            with suppress(Wrong):
                unite(session, row.entity_id, last(str(winner), merged(session)), now, device)


def erase(session: Connection, person: str, reason: str, now: int) -> bool:
    """Erases someone, and whoever was found to be the same, for a reason of `domain.erasure`; False where it was done before.

    To be called last in a transaction (`feeds.say`). Raises Wrong.
    """
    code = reason.strip().upper()
    if code not in REASONS:
        raise Wrong(ASKED)
    if not erasing.erased(session, [("person", person)]) and not _heard_of(session, person):
        raise Wrong(_UNKNOWN.format(person))
    done = [erasing.erase(session, one, code, records.uuid7(now), now) for one in circle(session, person)]
    return any(done)


def reserved(session: Connection, person: str, key: bytes, now: int) -> dict[str, str | None]:
    """The protected criteria of someone, opened with the referents' raw X25519 key; the look is journalled.

    Raises Wrong.
    """
    check_known(session, person)
    query = select(Entity.entity_id, Entity.state).where(Entity.entity == "reserved")
    rows = session.execute(query.where(Entity.entity_id.in_(circle(session, person)))).all()
    sealed = [(row.state["sealed"], row.entity_id) for row in rows if "sealed" in row.state]
    if not sealed:
        raise Wrong("Aucun critère protégé n’est noté pour cette personne.")
    (_, text), of = max(sealed)
    try:
        opened = records.unseal(key, of, text)
    except (InvalidTag, ValueError):
        raise Wrong(
            "Cette clé n’ouvre pas ces critères\u00a0: ce n’est pas celle des référents. Rien n’a été lu."
        ) from None
    journal.note(session, now, "read reserved", person)
    return {name: opened.get(name) for name in CRITERIA}


def states(session: Connection) -> Sequence[tuple[str, merge.State]]:
    """The states of all people by id."""
    query = select(Entity.entity_id, Entity.state).where(Entity.entity == "person").order_by(Entity.entity_id)
    return [(row.entity_id, dict(row.state)) for row in session.execute(query)]


def people(session: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everybody once, as plain values by id: those found to be the same joined under whom they are shown as."""
    into, joined = merged(session), dict[str, merge.State]()
    for id, state in states(session):
        shown = last(id, into)
        joined[shown] = merge.joined(joined[shown], state) if shown in joined else state
    yield from ((id, readable("person", merge.shown(state))) for id, state in joined.items())


def name(said: dict[str, Any]) -> str:
    """« Inès Boussole », of a person's plain values."""
    return " ".join(str(said[key]) for key in ("given_name", "birth_name", "usual_name") if said.get(key))


def names(session: Connection) -> dict[str, str]:
    """« Inès Boussole, 12/03/2007 » of everybody by id: what tells two people apart for who decides on them."""
    known = {}
    for id, said in people(session):
        born = day(said.get("birth_date"))
        known[id] = f"{name(said)}, {french_date(born)}" if born else name(said)
    return known


def _rows(people: Collection[str]) -> Any:
    here = (Entity.entity == "person", Entity.entity_id.in_(people))
    return select(Entity.entity_id).where(*here).order_by(Entity.entity_id)


def check_known(session: Connection, person: str) -> None:
    """Raises Wrong where nobody has that identifier, or whoever had it was erased."""
    if erasing.erased(session, [("person", person)]):
        raise Wrong(f"La personne {person} a été effacée\u00a0: rien n’est gardé d’elle. Rien n’a été modifié.")
    if session.execute(_rows([person])).first() is None:
        raise Wrong(_UNKNOWN.format(person))


def _heard_of(session: Connection, person: str) -> bool:
    """Whether any line came about someone, refused ones too."""
    of = (Change.entity.in_(("person", "reserved")), Change.entity_id == person)
    return session.execute(select(Change.id).where(*of).limit(1)).first() is not None


def merged(session: Connection) -> dict[str, str]:
    """Who became part of whom."""
    rows = session.execute(select(Merge.loser, Merge.winner).where(Merge.undone.is_(None)))
    return {row.loser: row.winner for row in rows}


def last(person: str, into: dict[str, str]) -> str:
    """Whom someone is shown as at last; a merge never makes a circle."""
    while person in into:
        person = into[person]
    return person


def circle(session: Connection, person: str) -> list[str]:
    """Everyone who was found to be the same as someone, themselves included."""
    into = merged(session)
    shown = last(person, into)
    return sorted({person, shown, *(loser for loser in into if last(loser, into) == shown)})
