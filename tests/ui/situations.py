"""The situations of domain.md 7, as an adviser says them: what is answered, in the order of the form, and what is then kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from milomobile.domain.dates import LOCAL, french_date

TODAY = datetime.now(LOCAL).date()
TICKED = "x"
_OUT = "HORS_PERIMETRE"
_GIVE = "A_RATTACHER"


def birthday(years: int) -> date:
    """Born so long ago on the very day; on a 29 February of no leap year, the day before."""
    try:
        return TODAY.replace(year=TODAY.year - years)
    except ValueError:
        return TODAY.replace(year=TODAY.year - years, day=28)


@dataclass(frozen=True)
class Situation:
    """`answers` by question; who has none of the usual ones has them added. `kept` is of `Person`, `travels` of the
    encounter's record, `said` a sentence by the question under which it stands; `facts` what is said beside the form.
    """

    name: str
    answers: tuple[tuple[str, str], ...]
    kept: Mapping[str, object] = field(default_factory=dict)
    travels: Mapping[str, object] = field(default_factory=dict)
    said: tuple[str, str] = ("", "")
    facts: tuple[str, ...] = ()
    handover: str = _GIVE


def born(name: str, day: date, *facts: str, said: str = "", handover: str = _GIVE) -> Situation:
    """Somebody of an age."""
    answers = (
        ("person.given_name", "Yanis"),
        ("person.birth_name", name),
        ("person.birth_date", french_date(day).replace("/", "")),
    )
    sentence = ("person.birth_date", said) if said else ("", "")
    return Situation(name, answers, {"birth_date": day}, said=sentence, facts=facts, handover=handover)


def named(name: str, given: str, family: str, *more: tuple[str, str], **kept: object) -> Situation:
    """Somebody of a name."""
    return Situation(name, (("person.given_name", given), ("person.birth_name", family), *more), kept)


LEAP = next(date(year, 2, 29) for year in range(TODAY.year - 18, 0, -1) if year % 4 == 0)
SITUATIONS = (
    born("Seize", birthday(16), "16\u00a0ans le jour de la rencontre", "Moins de 18\u00a0ans"),
    born("Vingtcinq", birthday(26) + timedelta(days=1), "25\u00a0ans le jour de la rencontre"),
    born("Vingtsix", birthday(26), "26\u00a0ans le jour de la rencontre", said="La personne a 26 ans", handover=_OUT),
    born("Horscadre", birthday(28), said="hors du périmètre de la Mission Locale", handover=_OUT),
    born("Trente", birthday(30), said="La personne aurait 30 ans", handover=_OUT),
    born("Bissextile", LEAP),
    Situation(
        "one name",
        (("person.given_name", "Amanuel"), ("person.one_name", TICKED)),
        {"given_name": "Amanuel", "birth_name": "", "one_name": True},
    ),
    named("apostrophe", "Aya", "N'Guessan-de l'Épine", given_name="Aya", birth_name="N'Guessan-de l'Épine"),
    named("other script", "Олена", "Ліхтар", given_name="Олена", birth_name="Ліхтар"),
    named("capitals and blanks", " AMINA ", "BEN  SALAH  ", given_name="AMINA", birth_name="BEN SALAH"),
    named(
        "compound commune",
        "Maël",
        "Girouette",
        ("person.commune", "st julien les me"),
        commune="57616",
        postal_code=None,
    ),
    Situation(
        "postal code of the Ain",
        (("person.given_name", "Lou"), ("person.birth_name", "Passerelle"), ("person.commune", "01000")),
        {"commune": "01053", "postal_code": "01000"},
        handover=_OUT,
    ),
    Situation(
        "QPV across two communes",
        (
            ("person.given_name", "Sami"),
            ("person.birth_name", "Balise"),
            ("person.commune", "woippy"),
            ("person.qpv", "saint eloy"),
        ),
        {"commune": "57751", "qpv": "QN05723M", "qpv_status": "OUI"},
        facts=("Habite en QPV",),
    ),
    named(
        "telephone of Luxembourg",
        "Joana",
        "Ardoise",
        ("person.phone", "+352 621 123 456"),
        phone="+352621123456",
    ),
    Situation(
        "a comment like a formula",
        (("person.given_name", "Théo"), ("person.birth_name", "Tableur"), ("comment", "=1+1 rendez-vous")),
        travels={"comment": "=1+1 rendez-vous"},
    ),
)
