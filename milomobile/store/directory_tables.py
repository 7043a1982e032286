"""The tables of the offline directory and of who was sent to its services, in the encrypted file."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from milomobile.store.tables import Table


class Structure(Table):
    """Who offers services of the offline directory (`domain.referrals.Structure`)."""

    __tablename__ = "structure"
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    name: Mapped[str]
    updated: Mapped[date]
    commune: Mapped[str | None]
    insee: Mapped[str | None]
    postal_code: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    site: Mapped[str | None]
    hours: Mapped[str | None]


class Service(Table):
    """One service of the directory (`domain.referrals.Service`)."""

    __tablename__ = "service"
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    structure_id: Mapped[str] = mapped_column(ForeignKey("structure.id"), index=True)
    name: Mapped[str]
    description: Mapped[str]
    updated: Mapped[date]
    themes: Mapped[list[str]]
    publics: Mapped[list[str]]
    modes: Mapped[list[str]]
    zones: Mapped[list[str]]
    fee: Mapped[str | None]
    access: Mapped[str | None]
    commune: Mapped[str | None]
    insee: Mapped[str | None]
    postal_code: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    link: Mapped[str | None]


class Referral(Table):
    """Orientation: someone was sent to a service, whose name is kept with it."""

    __tablename__ = "referral"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    service_id: Mapped[str]
    name: Mapped[str]
    structure: Mapped[str]
    at: Mapped[datetime]
    seq: Mapped[int]
