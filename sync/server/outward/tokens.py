"""Tokens for the Mission Locale's own tools: each reads the columns it was made for, of one file, until it is revoked."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from sync.server.tables import Token
from sync.server.wrong import Wrong

_TAKEN = "Un jeton en service porte déjà ce nom. Rien n’a été fait. Donnez-en un autre, ou révoquez-le d’abord."
_NONE = "Aucun jeton en service ne porte ce nom. Rien n’a été modifié."


@dataclass(frozen=True)
class Known:
    """What a token may read: a file and the keys of its columns."""

    label: str
    what: str
    columns: tuple[str, ...]


def make(session: Connection, label: str, what: str, columns: Sequence[str], now: int) -> str:
    """A new token, which is told once: only its digest is kept. Raises Wrong."""
    if session.execute(select(Token.digest).where(Token.label == label, Token.revoked.is_(None))).first():
        raise Wrong(_TAKEN)
    token = secrets.token_urlsafe(32)
    row = {"label": label, "what": what, "columns": json.dumps(list(columns)), "made": now}
    session.execute(insert(Token).values(digest=_digest(token), **row))
    return token


def revoke(session: Connection, label: str, now: int) -> None:
    """Ends a token. Raises Wrong."""
    here = (Token.label == label, Token.revoked.is_(None))
    if session.execute(update(Token).where(*here).values(revoked=now)).rowcount == 0:
        raise Wrong(_NONE)


def listed(session: Connection) -> Sequence[Any]:
    """(label, what, columns, made, used, revoked) of each, the oldest first."""
    columns = (Token.label, Token.what, Token.columns, Token.made, Token.used, Token.revoked)
    return session.execute(select(*columns).order_by(Token.made, Token.label)).all()


def on(session: Connection) -> bool:
    """Whether any token is in service: else nothing is served."""
    return session.execute(select(func.count()).where(Token.revoked.is_(None)).select_from(Token)).scalar_one() > 0


def known(session: Connection, token: str) -> Known | None:
    """What a token may read; None where it is none or was revoked."""
    asked = _digest(token)
    row = session.execute(select(*Token.__table__.columns).where(Token.digest == asked)).first()
    if row is None or row.revoked is not None or not hmac.compare_digest(row.digest, asked):
        return None
    return Known(row.label, row.what, tuple(json.loads(row.columns)))


def use(session: Connection, token: str, now: int) -> bool:
    """Notes that a token was used; False where it was revoked meanwhile."""
    here = (Token.digest == _digest(token), Token.revoked.is_(None))
    return session.execute(update(Token).where(*here).values(used=now)).rowcount > 0


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
