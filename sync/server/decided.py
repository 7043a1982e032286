"""What the office decided, as it is kept outside the database: a restored backup lets no stolen laptop and no ended token in
again, and parts nobody who was united.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sync.server import feeds
from sync.server.tables import Device, Merge, Token

Kept = dict[str, Any]
"""One word on a laptop, a token or a merge: identifiers, a public key or digest, a laptop's label, milliseconds.

{"laptop","key","label","enrolled","ended"}, {"token","ended"} or {"merge","loser","winner","at","ended"}.
"""


def known(session: Connection) -> list[Kept]:
    """What the database knows: every laptop, every token that was ended, every merge of the office."""
    laptops = session.execute(select(Device.id, Device.public_key, Device.label, Device.enrolled, Device.revoked))
    tokens = session.execute(select(Token.digest, Token.revoked).where(Token.revoked.is_not(None)))
    office = select(Merge.id, Merge.loser, Merge.winner, Merge.at, Merge.undone).where(Merge.device.is_(None))
    return [
        *(
            {"laptop": id, "key": bytes(key).hex(), "label": label, "enrolled": enrolled, "ended": revoked}
            for id, key, label, enrolled, revoked in laptops
        ),
        *({"token": digest, "ended": revoked} for digest, revoked in tokens),
        *(
            {"merge": id, "loser": loser, "winner": winner, "at": at, "ended": undone}
            for id, loser, winner, at, undone in session.execute(office.order_by(Merge.at))
        ),
    ]


def read(one: Mapping[str, Any]) -> Kept:
    """A line of the file, its values as they must be. Raises ValueError, KeyError, TypeError."""
    ended = None if one["ended"] is None else int(one["ended"])
    if "token" in one:
        return {"token": str(one["token"]), "ended": ended}
    if "merge" in one:
        names = {name: str(one[name]) for name in ("merge", "loser", "winner")}
        return {**names, "at": int(one["at"]), "ended": ended}
    said = {"laptop": str(one["laptop"]), "key": bytes.fromhex(one["key"]).hex(), "label": str(one["label"])}
    return {**said, "enrolled": int(one["enrolled"]), "ended": ended}


def latest(kept: Sequence[Kept]) -> dict[str, Kept]:
    """The newest word on each laptop, token and merge, of all that was kept."""
    found: dict[str, Kept] = {}
    for one in kept:
        name = str(one.get("laptop") or one.get("token") or one["merge"])
        before = found.get(name)
        if before is None or _newer(one, before):
            found[name] = one
    return found


def _newer(one: Kept, before: Kept) -> bool:
    """A later enrolment says more than an earlier one; of the same one, that it was ended says more."""
    first, second = (int(each.get("enrolled") or 0) for each in (one, before))
    return first > second or (first == second and before["ended"] is None and one["ended"] is not None)


def apply(session: Connection, kept: Sequence[Kept]) -> int:
    """Brings the database as far as what was kept; returns how many words it had forgotten. The last act of a transaction."""
    there = latest(known(session))
    ahead = [one for name, one in latest(kept).items() if name not in there or _newer(one, there[name])]
    for one in ahead:
        if "token" in one:
            session.execute(update(Token).where(Token.digest == one["token"]).values(revoked=one["ended"]))
        elif "laptop" in one:
            _laptop(session, one, one["laptop"] in there)
    merges = [one for one in ahead if "merge" in one]
    for one in merges:
        _merge(session, one, one["merge"] in there)
    feeds.say(session, "merges", [_told(one) for one in merges])
    return len(ahead)


def _laptop(session: Connection, one: Kept, here: bool) -> None:
    key = bytes.fromhex(one["key"])
    values = {"label": one["label"], "public_key": key, "enrolled": one["enrolled"], "revoked": one["ended"]}
    if here:
        session.execute(update(Device).where(Device.id == one["laptop"]).values(**values))
    else:
        session.execute(insert(Device).values(id=one["laptop"], hwm=0, **values))


def _merge(session: Connection, one: Kept, here: bool) -> None:
    if here:
        session.execute(update(Merge).where(Merge.id == one["merge"]).values(undone=one["ended"]))
    else:
        values = {name: one[name] for name in ("loser", "winner", "at")}
        session.execute(insert(Merge).values(id=one["merge"], undone=one["ended"], device=None, **values))


def _told(one: Kept) -> dict[str, Any]:
    return {"id": one["merge"], "loser": one["loser"], "winner": None if one["ended"] else one["winner"]}
