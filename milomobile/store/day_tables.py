"""The tables of the van's day, in the encrypted file: places, outings, stops as they were and to come."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from milomobile.store.tables import Table


class Place(Table):
    """Lieu. `key` is the name without accents or case."""

    __tablename__ = "place"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    setting: Mapped[str]
    commune: Mapped[str | None]
    qpv: Mapped[str | None]


class Outing(Table):
    """Sortie: the van's day; `team` are the names of who was aboard."""

    __tablename__ = "outing"
    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    team: Mapped[list[str]]


class Stop(Table):
    """Arrêt: a halt at a place; open while `closed_at` is null."""

    __tablename__ = "stop"
    id: Mapped[str] = mapped_column(primary_key=True)
    outing_id: Mapped[str] = mapped_column(ForeignKey("outing.id"), index=True)
    place_id: Mapped[str] = mapped_column(ForeignKey("place.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    partners: Mapped[list[str]]
    remark: Mapped[str | None]


class PlannedStop(Table):
    """Arrêt prévu: a stop that is not opened yet, on this laptop alone; `starts` and `ends` are local times, HH:MM."""

    __tablename__ = "planned_stop"
    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    place_id: Mapped[str] = mapped_column(ForeignKey("place.id"))
    starts: Mapped[str | None]
    ends: Mapped[str | None]
    partners: Mapped[list[str]]
