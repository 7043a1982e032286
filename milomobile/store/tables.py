"""The tables of the encrypted file; those of `*_tables.py` stand beside them, in one metadata."""

from datetime import UTC, date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, MetaData, String, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SEARCH = "person_search"
"""The full-text table, made by the first migration: rowid is `person.rank`, so that newest met comes first."""


TO_HAND_OVER = "handover = 'A_RATTACHER'"
IN_DISTRICT = "(qpv IS NOT NULL OR qpv_status = 'OUI')"
"""Conditions of partial indexes: a query finds the index where it words them alike."""


class Utc(TypeDecorator[datetime]):
    """Aware times in and out; SQLite itself forgets the zone."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """UTC, ISO 8601, always the same length, so that texts sort as times do."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="milliseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """An aware time."""
        return None if value is None else datetime.fromisoformat(value)


class Table(DeclarativeBase):
    """Base of the mappings: names for every constraint, which SQLite migrations need."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Utc, list[str]: JSON, dict[str, object]: JSON, bytes: LargeBinary}


class Setting(Table):
    """Device, epoch, keys, the server and what it last said."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Adviser(Table):
    """Conseiller·ère: who uses this laptop; `id` is the slot's."""

    __tablename__ = "adviser"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Person(Table):
    """Jeune. `rank` grows at each encounter and is the rowid of the search table.

    `merged_into` is whom the office or an adviser (`merged_by`) found this to be; the encounters of both are then shown
    with that one. `apart` are the ids of those an adviser found to be somebody else. `restricted_at` and `objected_at`:
    RGPD art. 18 and 21; `reduced_at`: since when only the short list of domain.md 4.4 stays here; `numbered_at`: when
    the I-MILO number came; `told_at`: when the office last answered on the handover.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_listed", "rank", sqlite_where=text("merged_into IS NULL")),
        Index("ix_person_merged", "rank", sqlite_where=text("merged_into IS NOT NULL")),
        Index("ix_person_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        Index("ix_person_last_at", "last_at", "rank", sqlite_where=text("merged_into IS NULL")),
        Index("ix_person_born", "birth_date", "stated_age", "rank", sqlite_where=text("merged_into IS NULL")),
        Index("ix_person_handover", "rank", sqlite_where=text(f"merged_into IS NULL AND {TO_HAND_OVER}")),
        Index("ix_person_district", "rank", sqlite_where=text(f"merged_into IS NULL AND {IN_DISTRICT}")),
        Index("ix_person_imilo_number", "imilo_number", "rank", sqlite_where=text("imilo_number IS NOT NULL")),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(unique=True)
    given_name: Mapped[str]
    birth_name: Mapped[str]
    one_name: Mapped[bool]
    usual_name: Mapped[str | None]
    birth_date: Mapped[date | None]
    stated_age: Mapped[int | None]
    sex: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    social: Mapped[str | None]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    commune: Mapped[str | None]
    qpv: Mapped[str | None]
    qpv_status: Mapped[str | None]
    qpv_generation: Mapped[str | None]
    no_address: Mapped[bool]
    country: Mapped[str | None]
    preference: Mapped[str | None]
    birth_place: Mapped[str | None]
    birth_country: Mapped[str | None]
    guardian_link: Mapped[str | None]
    guardian_name: Mapped[str | None]
    guardian_phone: Mapped[str | None]
    referent: Mapped[str | None]
    scheme: Mapped[str | None]
    imilo_number: Mapped[int | None]
    structure: Mapped[str | None]
    handover: Mapped[str]
    agrees_sms: Mapped[bool]
    agrees_call: Mapped[bool]
    agrees_email: Mapped[bool]
    agrees_partners: Mapped[dict[str, object]]
    last_at: Mapped[datetime]
    seq: Mapped[int]
    merged_into: Mapped[str | None]
    merged_by: Mapped[str | None]
    apart: Mapped[list[str]]
    restricted_at: Mapped[datetime | None]
    objected_at: Mapped[datetime | None]
    reduced_at: Mapped[datetime | None]
    numbered_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class PersonKey(Table):
    """Matching keys of `domain.likeness`."""

    __tablename__ = "person_key"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


_RECALL = ("recall_on", "person_id", "at", "outcome")
"""All that À rappeler asks of a contact, so that its row need not be read."""


class Encounter(Table):
    """Rencontre: named, anonymous or group. `day` is the local day of `at`; `setting` is null where it is the place's.

    `first_met` is told when encounters are reduced (`retention.begun`): whether one without a person was their first; False
    of one with a person says that their first has no person any more.
    """

    __tablename__ = "encounter"
    __table_args__ = (
        CheckConstraint("kind IN ('named', 'anonymous', 'group')", name="kind"),
        Index("ix_encounter_recall_on", *_RECALL, sqlite_where=text("recall_on IS NOT NULL")),
        Index("ix_encounter_person_id", "person_id", "seq", "at"),
        Index("ix_encounter_place_id", "place_id", "at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    day: Mapped[date] = mapped_column(index=True)
    stop_id: Mapped[str | None] = mapped_column(ForeignKey("stop.id"), index=True)
    place_id: Mapped[str] = mapped_column(ForeignKey("place.id"))
    setting: Mapped[str | None]
    adviser_id: Mapped[str] = mapped_column(ForeignKey("adviser.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    age_band: Mapped[str | None]
    sex: Mapped[str | None]
    women: Mapped[int]
    men: Mapped[int]
    unspecified: Mapped[int]
    origin: Mapped[str | None]
    known: Mapped[str | None]
    category: Mapped[str | None]
    inactive_since: Mapped[str | None]
    level: Mapped[str | None]
    diploma: Mapped[str | None]
    registered_ft: Mapped[str | None]
    last_contact: Mapped[str | None]
    housing: Mapped[str | None]
    licence: Mapped[str | None]
    transport: Mapped[str | None]
    resources: Mapped[list[str]]
    children: Mapped[int | None]
    french_help: Mapped[str | None]
    last_class: Mapped[str | None]
    left_school: Mapped[str | None]
    ft_id: Mapped[str | None]
    ft_id_absence: Mapped[str | None]
    audiences: Mapped[list[str]]
    needs: Mapped[list[str]]
    barriers: Mapped[list[str]]
    outcome: Mapped[str | None]
    recall_on: Mapped[date | None]
    notice_version: Mapped[str | None]
    notice_how: Mapped[str | None]
    notice_language: Mapped[str | None]
    notice_signature: Mapped[str | None]
    notice_unsigned: Mapped[str | None]
    comment: Mapped[str | None]
    seq: Mapped[int]
    reduced_at: Mapped[datetime | None]
    first_met: Mapped[bool | None]


class Correction(Table):
    """That an encounter or a file was corrected: which answers, never what they were (domain.md 4.4)."""

    __tablename__ = "correction"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    encounter_id: Mapped[str] = mapped_column(ForeignKey("encounter.id"))
    at: Mapped[datetime]
    adviser_id: Mapped[str] = mapped_column(ForeignKey("adviser.id"))
    fields: Mapped[list[str]]


class Appointment(Table):
    """Rendez-vous, taken at an encounter; which one goes with the link of that encounter to the person.

    `status` is a code of `rdv_statut`, told by the office; null is not known.
    """

    __tablename__ = "appointment"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    encounter_id: Mapped[str | None] = mapped_column(ForeignKey("encounter.id"), index=True)
    at: Mapped[datetime]
    place: Mapped[str]
    status: Mapped[str | None]


class Outbox(Table):
    """À envoyer: the bytes that travel, never written again; `line` is emptied once the server keeps them for good.

    Times are those of `store.ageing`: when a sending first ended after the line was taken, when it was first known to be
    in a verified backup, and when it was emptied for its age (not for an erasure).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'refused', 'gone')", name="state"),
        Index("ix_outbox_state", "state", "entity", "aside", "size"),
        Index("ix_outbox_taken_at", "taken_at", sqlite_where=text("line IS NOT NULL")),
        Index("ix_outbox_durable_at", "durable_at", sqlite_where=text("line IS NOT NULL")),
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    hlc: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str] = mapped_column(index=True)
    line: Mapped[bytes | None]
    size: Mapped[int]
    digest: Mapped[bytes]
    chain: Mapped[bytes]
    state: Mapped[str]
    taken_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    pointer: Mapped[str | None]
    aside: Mapped[str | None]
    durable_at: Mapped[datetime | None]
    emptied_at: Mapped[datetime | None]


class Journal(Table):
    """Who did what, when; never a field's value. `chain` covers the line and the one before."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_id", "id", sqlite_where=text("id IS NOT NULL")),)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    id: Mapped[str | None]
    chain: Mapped[bytes]


class Draft(Table):
    """A half-filled form, in the same encrypted file, of the adviser who began it."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(primary_key=True)
    adviser_id: Mapped[str | None]
    kept_at: Mapped[datetime]
    answers: Mapped[dict[str, object]]


class Feed(Table):
    """How far one of the server's feeds was read."""

    __tablename__ = "feed"
    name: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str]


class Reference(Table):
    """A place, partner, adviser, programme or address of the directory, as the office last told it."""

    __tablename__ = "reference"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[dict[str, object]]
