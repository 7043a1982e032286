"""What laptops are told: numbered lists that only grow, read from where one stopped.

A place in a feed is `history:position:hash`, where the hash is the first 8 digits of the feed's own running hash: a
restored server whose positions were given out twice is noticed, never skipped over (sync.md 1.7).
"""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync.server.bulk import add_rows
from sync.server.tables import FeedHead, FeedItem, Server

FEEDS = ("tombstones", "merges", "verdicts", "reference")
"""In the order in which a laptop reads them."""


_START = f"0:{'0' * 8}"


class CursorInvalid(Exception):
    """The cursor is of another history, or of a feed that went another way."""


def say(session: Connection, feed: str, bodies: Sequence[dict[str, Any]], device: str | None = None) -> None:
    """Adds to a feed; to be called last in a transaction: the feed is locked from here to the commit.

    So positions are in commit order, and a reader never passes one that appears later.
    """
    if not bodies:
        return
    pos, link = _head(session, feed)
    rows = []
    for body in bodies:
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        pos, link = pos + 1, hashlib.sha256(link + text.encode()).digest()
        rows.append({"feed": feed, "pos": pos, "device": device, "body": text, "hash": link})
    add_rows(session, FeedItem, rows)
    session.execute(update(FeedHead).where(FeedHead.feed == feed).values(pos=pos, hash=link))


def page(session: Connection, feed: str, device: str, cursor: str, limit: int) -> tuple[list[str], str, bool]:
    """(bodies as JSON texts, next cursor, whether there is more) after a cursor; empty starts at the beginning.

    Raises CursorInvalid.
    """
    history = session.execute(select(Server.history)).scalar_one()
    after, seen = _read(cursor, history)
    if after:
        kept = session.execute(select(FeedItem.hash).where(FeedItem.feed == feed, FeedItem.pos == after)).scalar()
        if kept is None or bytes(kept).hex()[:8] != seen:
            raise CursorInvalid(cursor)
    columns = (FeedItem.pos, FeedItem.device, FeedItem.body, FeedItem.hash)
    query = select(*columns).where(FeedItem.feed == feed, FeedItem.pos > after).order_by(FeedItem.pos)
    rows = session.execute(query.limit(limit + 1)).all()
    bodies = [row.body for row in rows[:limit] if row.device in (None, device)]
    if rows:
        last = rows[:limit][-1]
        after, seen = last.pos, bytes(last.hash).hex()[:8]
    return bodies, f"{history}:{after}:{seen}", len(rows) > limit


def heads(session: Connection, history: str) -> dict[str, str]:
    """Where each feed ends, as the cursor of a laptop that read it all."""
    known = {row.feed: row for row in session.execute(select(FeedHead.feed, FeedHead.pos, FeedHead.hash))}
    return {
        feed: f"{history}:{known[feed].pos}:{bytes(known[feed].hash).hex()[:8]}"
        if feed in known
        else f"{history}:{_START}"
        for feed in FEEDS
    }


def _read(cursor: str, history: str) -> tuple[int, str]:
    if not cursor:
        return 0, "0" * 8
    known, _, rest = cursor.partition(":")
    pos, _, seen = rest.partition(":")
    if known != history or not re.fullmatch("[0-9]{1,15}", pos):
        raise CursorInvalid(cursor)
    return int(pos), seen


def _head(session: Connection, feed: str) -> tuple[int, bytes]:
    query = select(FeedHead.pos, FeedHead.hash).where(FeedHead.feed == feed).with_for_update()
    found = session.execute(query).first()
    if found is None:
        try:
            with session.begin_nested():
                session.execute(insert(FeedHead).values(feed=feed, pos=0, hash=bytes(32)))
        except IntegrityError:
            pass
        found = session.execute(query).one()
    return found.pos, bytes(found.hash)
