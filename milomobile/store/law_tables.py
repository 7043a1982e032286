"""What the law leaves: figures of a month when the answers they were counted from have gone."""

from sqlalchemy.orm import Mapped, mapped_column

from milomobile.store.tables import Table


class Tally(Table):
    """How many named encounters of a month had an answer, and how many people: counts, without identity (domain.md 4.4).

    `month` is YYYY-MM, `fact` the answer's name in a `register` line, `value` its code; someone is counted once a month
    in `people`. Of facts `people` and `outside`, `month` is a day and `value` the month they were next met in
    (`domain.retention.Leaving`); `gone` are files whose names went.
    """

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)
    month: Mapped[str] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    sex: Mapped[str] = mapped_column(primary_key=True)
    contacts: Mapped[int]
    people: Mapped[int]
