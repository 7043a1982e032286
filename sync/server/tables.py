"""The server's tables, on SQLite and on PostgreSQL alike; times are milliseconds since 1970."""

import time
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """Names for every constraint, and the types of columns."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        int: BigInteger,
        bytes: LargeBinary,
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
    }


class Server(Table):
    """One row: which history this database is, since when, and when the newest backup that was verified was made."""

    __tablename__ = "server"
    history: Mapped[str] = mapped_column(primary_key=True)
    made: Mapped[int] = mapped_column(default=lambda: round(time.time() * 1000))
    verified: Mapped[int | None]


class Invite(Table):
    """A one-time code; only its secret's digest is kept."""

    __tablename__ = "invite"
    digest: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    expires: Mapped[int]
    tries: Mapped[int]
    used: Mapped[int | None]


class Device(Table):
    """Poste: a laptop and its public key. `hwm` and `chain` cover its gapless run in `epoch`.

    `verified` is how far the newest verified backup holds that run, `durable` how far the one before does too.
    """

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    public_key: Mapped[bytes]
    enrolled: Mapped[int]
    last_seen: Mapped[int | None]
    revoked: Mapped[int | None]
    epoch: Mapped[str | None]
    hwm: Mapped[int]
    chain: Mapped[bytes | None]
    durable: Mapped[int] = mapped_column(server_default="0")
    verified: Mapped[int] = mapped_column(server_default="0")


class Change(Table):
    """A record as it came, byte for byte, kept once by its id; `line` is empty once its person was erased.

    `node` is the laptop it came from first, or the office; `received` counts for clocks too far ahead.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_entity", "entity", "entity_id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes]
    line: Mapped[bytes | None]
    entity: Mapped[str]
    entity_id: Mapped[str]
    node: Mapped[str]
    received: Mapped[int]


class Receipt(Table):
    """That a numbered line of a laptop arrived, with the verdict; `chain` once the run up to it has no gap."""

    __tablename__ = "receipt"
    device: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    epoch: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[str]
    digest: Mapped[bytes]
    chain: Mapped[bytes | None]
    state: Mapped[str]
    type: Mapped[str]
    detail: Mapped[str]
    pointer: Mapped[str | None]


class Entity(Table):
    """The last known state of a person, an encounter…: a projection of the changes. `reserved` stays sealed."""

    __tablename__ = "entity"
    entity: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[dict[str, Any]]


class Erasure(Table):
    """That an entity was erased, and why; nothing about whom."""

    __tablename__ = "erasure"
    entity: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str]
    reason: Mapped[str]
    at: Mapped[int]


class Merge(Table):
    """That two people were found to be one: `loser` is shown as part of `winner` until `undone`.

    `device` is the laptop whose adviser found it; None is the office.
    """

    __tablename__ = "merge"
    id: Mapped[str] = mapped_column(primary_key=True)
    loser: Mapped[str] = mapped_column(index=True)
    winner: Mapped[str]
    at: Mapped[int]
    undone: Mapped[int | None]
    device: Mapped[str | None]


class Journal(Table):
    """What the office did and looked at: when, what in the words of `domain.journal`, of whom or of what."""

    __tablename__ = "journal"
    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    at: Mapped[int]
    what: Mapped[str]
    id: Mapped[str]


class FeedHead(Table):
    """How long a feed is, and the running hash there; locked by whoever adds to it."""

    __tablename__ = "feed_head"
    feed: Mapped[str] = mapped_column(primary_key=True)
    pos: Mapped[int]
    hash: Mapped[bytes]


class FeedItem(Table):
    """One thing laptops are told; `device` where it is for one laptop alone."""

    __tablename__ = "feed_item"
    feed: Mapped[str] = mapped_column(ForeignKey("feed_head.feed"), primary_key=True)
    pos: Mapped[int] = mapped_column(primary_key=True)
    device: Mapped[str | None]
    body: Mapped[str]
    hash: Mapped[bytes]


class Outward(Table):
    """That somebody was sent to a feed out of this server, and when: nobody is sent twice."""

    __tablename__ = "outward"
    feed: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[int]


class Token(Table):
    """What one of the Mission Locale's own tools may read; `columns` is a JSON list of keys. Only the digest is kept."""

    __tablename__ = "token"
    digest: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    what: Mapped[str]
    columns: Mapped[str]
    made: Mapped[int]
    used: Mapped[int | None]
    revoked: Mapped[int | None]
