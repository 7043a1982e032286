"""Who may come in, as it is kept outside the database: a restored backup lets no stolen laptop and no ended token in again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sync.server.tables import Device, Token

Kept = dict[str, Any]
"""{"laptop","key","label","enrolled","revoked"}, or {"token","revoked"}: identifiers, a public key or digest, milliseconds."""


def known(session: Connection) -> list[Kept]:
    """What the database knows: every laptop, every token that was ended."""
    laptops = session.execute(select(Device.id, Device.public_key, Device.label, Device.enrolled, Device.revoked))
    tokens = session.execute(select(Token.digest, Token.revoked).where(Token.revoked.is_not(None)))
    return [
        *(
            {"laptop": id, "key": bytes(key).hex(), "label": label, "enrolled": enrolled, "revoked": revoked}
            for id, key, label, enrolled, revoked in laptops
        ),
        *({"token": digest, "revoked": revoked} for digest, revoked in tokens),
    ]


def latest(kept: Sequence[Kept]) -> dict[str, Kept]:
    """The newest word on each laptop and token, of all that was kept."""
    found: dict[str, Kept] = {}
    for one in kept:
        name = str(one.get("laptop") or one.get("token"))
        before = found.get(name)
        if before is None or _newer(one, before):
            found[name] = one
    return found


def _newer(one: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """A later enrolment says more than an earlier one; of the same one, that it was ended says more."""
    first, second = (int(each.get("enrolled") or 0) for each in (one, before))
    return first > second or (first == second and before["revoked"] is None and one["revoked"] is not None)


def apply(session: Connection, kept: Sequence[Kept]) -> int:
    """Brings the database as far as what was kept; returns how many laptops and tokens it had forgotten something of."""
    there = latest(known(session))
    ahead = [one for name, one in latest(kept).items() if name not in there or _newer(one, there[name])]
    for one in ahead:
        if "token" in one:
            session.execute(update(Token).where(Token.digest == one["token"]).values(revoked=one["revoked"]))
            continue
        values = {
            "label": one["label"],
            "public_key": bytes.fromhex(one["key"]),
            "enrolled": one["enrolled"],
            "revoked": one["revoked"],
        }
        if one["laptop"] in there:
            session.execute(update(Device).where(Device.id == one["laptop"]).values(**values))
        else:
            session.execute(insert(Device).values(id=one["laptop"], hwm=0, **values))
    return len(ahead)
