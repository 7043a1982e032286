"""The tables of people to look for, in the encrypted file."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from milomobile.store.tables import Table


class Sought(Table):
    """Someone of an office's list, to look for: not a person, for nobody met them; `found_person` once somebody did.

    Stays on this laptop, until `keep_until` at the latest.
    """

    __tablename__ = "sought"
    id: Mapped[str] = mapped_column(primary_key=True)
    given_name: Mapped[str]
    birth_name: Mapped[str]
    birth_date: Mapped[date | None]
    phone: Mapped[str | None]
    commune: Mapped[str | None]
    purpose: Mapped[str]
    source: Mapped[str]
    imported_at: Mapped[datetime]
    keep_until: Mapped[date]
    adviser_id: Mapped[str] = mapped_column(ForeignKey("adviser.id"))
    found_person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)


class SoughtKey(Table):
    """Matching keys of `domain.likeness`, of people to look for."""

    __tablename__ = "sought_key"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[str] = mapped_column(primary_key=True)
    sought_id: Mapped[str] = mapped_column(ForeignKey("sought.id"), primary_key=True, index=True)
