"""Laptops: inviting, enrolling, listing."""

import hmac
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from sync import signing
from sync.server.tables import Device, Invite, Receipt

MINUTES = 30
TRIES = 5


def invite(session: Connection, public_key: bytes, label: str, now: int) -> tuple[str, int]:
    """A one-time code and the moment (ms) it expires; only a digest is kept."""
    code = signing.new_code(public_key)
    read = signing.read_code(code)
    assert read
    expires = now + MINUTES * 60_000
    digest = signing.secret_digest(read[0])
    session.execute(insert(Invite).values(digest=digest, label=label, expires=expires, tries=0, used=None))
    return code, expires


def enrol(session: Connection, secret: str, device: str, public_key: bytes, label: str, now: int) -> str:
    """Keeps a laptop's key. Returns enrolled, bad-code, device-known where another key holds that id, or device-revoked.

    Five wrong codes end every open invitation: guessing is not for free. A key that was cut off stays so, for whoever stole
    the laptop has it: the office lets the same laptop, or what was restored from its backup, in again under a new one.
    """
    open_ones = (Invite.used.is_(None)) & (Invite.expires >= now) & (Invite.tries < TRIES)
    digest = signing.secret_digest(secret)
    invites = session.execute(select(Invite.digest, Invite.label).where(open_ones)).all()
    found = next((one for one in invites if hmac.compare_digest(one.digest, digest)), None)
    if found is None:
        session.execute(update(Invite).where(open_ones).values(tries=Invite.tries + 1))
        return "bad-code"
    known = session.execute(select(Device.public_key, Device.revoked).where(Device.id == device)).first()
    same = known is not None and hmac.compare_digest(bytes(known.public_key), public_key)
    if known is not None and same == (known.revoked is not None):
        return "device-revoked" if same else "device-known"
    session.execute(update(Invite).where(Invite.digest == digest).values(used=now))
    if known is None:
        values = {"id": device, "label": found.label or label, "public_key": public_key, "enrolled": now, "hwm": 0}
        session.execute(insert(Device).values(**values))
    else:
        values = {"public_key": public_key, "enrolled": now, "revoked": None}
        session.execute(update(Device).where(Device.id == device).values(**values))
    return "enrolled"


def get(session: Connection, device: str) -> Any:
    """A laptop's row."""
    columns = (Device.id, Device.public_key, Device.revoked, Device.epoch, Device.hwm, Device.chain)
    return session.execute(select(*columns).where(Device.id == device)).first()


def listed(session: Connection) -> list[Any]:
    """Every laptop with the number of lines it sent."""
    count = func.count(Receipt.seq).label("records")
    query = select(Device.id, Device.label, Device.last_seen, Device.revoked, count).outerjoin(
        Receipt, Receipt.device == Device.id
    )
    return list(session.execute(query.group_by(Device.id).order_by(Device.enrolled)).all())


def revoke(session: Connection, device: str, now: int) -> bool:
    """Cuts a laptop off at its next request; False where none has that id. The first moment stays."""
    first = func.coalesce(Device.revoked, now)
    return session.execute(update(Device).where(Device.id == device).values(revoked=first)).rowcount > 0
