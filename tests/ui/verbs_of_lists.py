"""Verbs made of lists: what a page asks is answered from memory, what it does is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from milomobile import reference
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import Anonymous, Group, Registration
from milomobile.domain.outings import Day, Draft, Place, Row, Stop
from milomobile.domain.people import Found, Met, Person, Sheet
from milomobile.domain.reading import read
from milomobile.domain.sending import Kind, Progress, Sent, Waiting
from milomobile.errors import WrongPassword
from milomobile.ui.verbs import Gate, Verbs

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=LOCAL)
PASSWORD = "Un-mot-2-passe-long"
BORNY = Place("p1", "Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M")
PLACES = (
    BORNY,
    Place("p2", "Lycée René-Cassin", "PARTENAIRE", "57463"),
    Place("p3", "Gare de Woippy", "ARRET_MILO_MOBILE", "57751"),
)


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the day shown."""
    return NOW.replace(hour=hour, minute=minute)


OPEN = Stop("s2", BORNY, "Metz", "Borny", at(14, 5), None, ("SPIP", "École des sports"), 14, 9)
CLOSED = Stop("s1", PLACES[1], "Metz", None, at(10), at(12, 30), ("SPIP",), 12, 6)
MET = (
    Row("e1", "1", at(15, 32), "Inès B.", "IB", "19 ans", "Rendez-vous demain 10 h", "complete", False),
    Row("e2", "2", at(15, 20), "Yanis K.", "YK", "", "À rappeler", "incomplete", False),
    Row("e3", None, at(15, 10), "Contact anonyme", "", "18–21 ans", "Emploi", "anonymous", False),
    Row("e4", None, at(14, 50), "Groupe de 6 personnes", "", "", "", "group", True),
    Row("e5", "3", at(14, 32), "Anne-Charlotte-Marie-Joséphine V.", "AV", "22 ans", "Information", "complete", True),
)
DRAFT = Draft("d1", at(15, 41), {"person.given_name": "Malik", "person.birth_name": "Dorval"})
FOUND = (
    Found("1", "Inès Boussole", NOW.date().replace(year=2007), 19, "Metz", "Borny", at(15, 32), True, False),
    Found("2", "Yanis Kermadec", None, None, "Woippy", None, at(15, 20), False, True),
)
SHEETS = {
    found.id: Sheet(
        found.id,
        Person(found.name.split()[0], found.name.split()[1], birth_date=found.birth_date, phone="+33639981234"),
        found.commune,
        found.qpv,
        "Sans emploi ni formation",
        "À rattacher",
        (Met("e1", at(15, 32), BORNY.name, "Arrêt Milo Mobile", "Camille Lanterne", ("Emploi",), None, False),),
        ((NOW + timedelta(days=1), "Agence de Metz"),),
    )
    for found in FOUND
}


@dataclass
class Kept:
    """What the verbs answer from, and what the page did; tests change and read it."""

    stops: list[Stop] = field(default_factory=list)
    met: list[Row] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    found: list[Found] = field(default_factory=lambda: list(FOUND))
    registered: list[Registration] = field(default_factory=list)
    opened: list[tuple[str, str, str | None, str | None, tuple[str, ...]]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    enrolled: list[tuple[str, str, Path | None]] = field(default_factory=list)
    exported: list[Path] = field(default_factory=list)
    waiting: int = 0
    server: str | None = None
    locked: int = 0
    sends: int = 0


def a_day() -> Kept:
    """A day under way: a closed stop, an open one, people met and a draft."""
    return Kept([CLOSED, OPEN], list(MET), [DRAFT], waiting=40, server="bureau.example")


def verbs_of(kept: Kept) -> Verbs:
    """The verbs over these lists."""
    lists = reference.lists()
    return Verbs(
        adviser="Camille Lanterne",
        lists=lists,
        communes=reference.communes(),
        districts=reference.districts(),
        notice_version=reference.NOTICE_VERSION,
        now=lambda: NOW,
        day=lambda: _day(kept),
        places=lambda: PLACES,
        partners=reference.PARTNERS,
        open_stop=lambda *said: _open(kept, *said),
        close_stop=lambda id: _close(kept, id),
        read=lambda line: read(line, lists, NOW),
        register=lambda record: _register(kept, record),
        keep_draft=lambda id, answers: _keep(kept, id, answers),
        drop_draft=lambda id: _drop(kept, id),
        drafts=lambda: tuple(kept.drafts),
        search=lambda text: [one for one in kept.found if text.lower() in one.name.lower()][:50],
        count_people=lambda: len(kept.found),
        sheet=SHEETS.__getitem__,
        waiting=lambda: _waiting(kept),
        send=lambda tell, cancelled: _send(kept, tell, cancelled),
        server=lambda: kept.server,
        enrol=lambda address, code, file: _enrol(kept, address, code, file),
        export_contacts=lambda _first, _last, file: _export(kept, file),
        figures=lambda _first, _last: _figures(_day(kept)),
        profile=Path("profile"),
        device="Poste du camion",
        keyring_warning=None,
        lock=lambda: _lock(kept),
    )


def gate_of(kept: Kept, advisers: tuple[str, ...] = ("Camille Lanterne", "Nadia Ferrand")) -> Gate:
    """A gate that one password opens."""

    def unlock(_adviser: str, password: str) -> Verbs:
        if password != PASSWORD:
            raise WrongPassword("Ce mot de passe ne correspond pas.")
        return verbs_of(kept)

    return Gate(
        advisers=advisers,
        hint=None,
        keyring_warning=lambda: None,
        unlock=unlock,
        create=lambda _adviser, _password: "ABCD-EFGH-JKMN-PQRS-TVWX-YZ23-45",
        password_problem=lambda typed: None if len(typed) >= 12 else "Ce mot de passe est trop court.",
    )


def _day(kept: Kept) -> Day:
    named = sum(row.person is not None for row in kept.met)
    anonymous = sum(row.state == "anonymous" for row in kept.met)
    current = next((stop for stop in kept.stops if stop.closed_at is None), None)
    met = len(kept.met)
    return Day(NOW.date(), tuple(kept.stops), current, tuple(kept.met), met, named, anonymous, met, kept.waiting)


def _open(
    kept: Kept, place: str, setting: str, commune: str | None, qpv: str | None, partners: tuple[str, ...]
) -> None:
    kept.opened.append((place, setting, commune, qpv, partners))
    names = dict(reference.lists()["qpv"])
    where = Place(place, place, setting, commune, qpv)
    town = next((one.name for one in reference.communes() if one.code == commune), None)
    kept.stops.append(Stop(place, where, town, names.get(qpv or ""), NOW, None, partners, 0, 0))


def _close(kept: Kept, id: str) -> None:
    kept.closed.append(id)
    kept.stops[:] = [replace(stop, closed_at=NOW) if stop.id == id else stop for stop in kept.stops]


def _register(kept: Kept, record: Registration) -> str:
    kept.registered.append(record)
    kept.waiting += 1
    id = f"new{len(kept.registered)}"
    if isinstance(record, Anonymous):
        row = Row(id, None, record.at, "Contact anonyme", "", record.age_band or "", "", "anonymous", False)
    elif isinstance(record, Group):
        people = record.women + record.men + record.unspecified
        row = Row(id, None, record.at, f"Groupe de {people} personnes", "", "", "", "group", False)
    else:
        row = Row(id, id, record.at, record.person.name, "", "", "", "complete", False)
    kept.met.insert(0, row)
    return id


def _keep(kept: Kept, id: str, answers: dict[str, object]) -> datetime:
    _drop(kept, id)
    kept.drafts.append(Draft(id, NOW, dict(answers)))
    return NOW


def _drop(kept: Kept, id: str) -> None:
    kept.drafts[:] = [draft for draft in kept.drafts if draft.id != id]


def _waiting(kept: Kept) -> Waiting:
    kinds = (Kind("people", kept.waiting, 0, 0, 512 * kept.waiting),) if kept.waiting else ()
    return Waiting(kept.waiting, kinds, (), len(kept.drafts), None, 0, kept.server)


def _send(kept: Kept, tell: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Sent:
    kept.sends += 1
    total, done = kept.waiting, 0
    while done < total and not cancelled():
        done = min(done + 10, total)
        tell(Progress(done, total, done * 512, done / 10))
    kept.waiting = total - done
    return Sent(taken=done, waiting=kept.waiting, bytes=done * 512, seconds=done / 10)


def _enrol(kept: Kept, address: str, code: str, file: Path | None) -> str:
    kept.enrolled.append((address, code, file))
    kept.server = address
    return address


def _export(kept: Kept, file: Path) -> int:
    kept.exported.append(file)
    return len(kept.met)


def _figures(day: Day) -> dict[str, int]:
    names = ("encounters", "registrations", "anonymous", "people_met")
    return {name: getattr(day, name) for name in names} | {"groups": 0}


def _lock(kept: Kept) -> None:
    kept.locked += 1
