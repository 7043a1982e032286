"""T1 to T11 counted slowly, in plain Python, from what was said; and worlds to count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from milomobile import reference
from milomobile.domain import audiences
from milomobile.domain.choices import age_band
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import Named
from milomobile.domain.facts import ENTERED
from milomobile.domain.reading import read
from milomobile.domain.texts import plain
from tests.conftest import NOW, line

PLACES = ("Marché de Borny", "Gare de Woippy", "MARCHE DE  BORNY")
Cells = dict[str, Counter[tuple[str, str]]]
"""Table → (line, column) → how many."""


@dataclass(frozen=True)
class Meeting:
    """One line as said; `who` is a number, `status` what the office said of the appointment; `id` once it is kept."""

    said: dict[str, Any]
    who: int | None
    status: str | None
    id: str = ""

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(str(self.said["at"])).astimezone(LOCAL)


@dataclass(frozen=True)
class World:
    """Who was met, and who was found to be whom."""

    meetings: tuple[Meeting, ...]
    into: dict[int, int]

    def root(self, who: int) -> int:
        while who in self.into:
            who = self.into[who]
        return who


def _maybe(*codes: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *codes))


@st.composite
def people(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """Who somebody is, and how far their file came: the same at each meeting."""
    home = draw(
        st.sampled_from(
            (
                {"commune": "57463", "postal_code": "57070", "qpv": "QN05720M", "qpv_status": "OUI"},
                {"commune": "57463", "postal_code": "57000", "qpv": "QN05720M", "qpv_status": "A_VERIFIER"},
                {"commune": "57480", "postal_code": "57950", "qpv": None, "qpv_status": "NON"},
                {"commune": "57672", "postal_code": "57100", "qpv": None, "qpv_status": "OUI"},
                {"commune": None, "postal_code": None, "qpv": None, "qpv_status": None},
            )
        )
    )
    born = draw(st.none() | st.dates(NOW.date() - timedelta(days=30 * 365), NOW.date() - timedelta(days=17 * 365)))
    return {
        "person": {
            "given_name": "Inès" if number % 2 else "Marelle",
            "birth_name": f"Boussole {'abcdefgh'[number]}",
            "birth_date": born and born.isoformat(),
            "stated_age": None if born else draw(st.none() | st.integers(16, 32)),
            "sex": draw(st.sampled_from(("F", "M", "NSP"))),
            "phone": f"03 53 01 10 {number:02d}",
            **home,
        },
        "handover": draw(st.sampled_from(("A_RATTACHER", "RATTACHE", "SANS_SUITE"))),
        "scheme": draw(_maybe("CEJ", "PACEA", "PPAE", "OF16_18", "AUCUN")),
    }


def _moments() -> st.SearchStrategy[str]:
    start = datetime(2026, 8, 28, 9, tzinfo=LOCAL)
    return st.integers(0, 88 * 24 * 60).map(lambda minutes: (start + timedelta(minutes=minutes)).isoformat())


@st.composite
def meetings(draw: st.DrawFn, known: list[dict[str, Any]]) -> Meeting:
    """One encounter of any kind."""
    common = {"at": draw(_moments()), "place": draw(st.sampled_from(PLACES)), "setting": "RUE"}
    kind = draw(st.sampled_from(("named", "named", "named", "anonymous", "group")))
    if kind == "group":
        several = {
            "women": draw(st.integers(0, 4)),
            "men": draw(st.integers(1, 4)),
            "unspecified": draw(st.integers(0, 4)),
        }
        return Meeting({"kind": kind, **common, **several}, None, None)
    if kind == "anonymous":
        more = {"sex": draw(st.sampled_from(("F", "M", "NSP"))), "age_band": draw(_maybe("16-17", "22-25"))}
        return Meeting({"kind": kind, **common, **more}, None, None)
    who = draw(st.integers(0, len(known) - 1))
    situation = {
        "category": draw(st.sampled_from(("SANS_SITUATION", "DEMANDEUR_D_EMPLOI", "EMPLOI", "SCOLARITE"))),
        "inactive_since": draw(_maybe("01", "04")),
        "level": draw(_maybe("SQ", "N3", "N8")),
        "diploma": draw(_maybe("AUCUN", "DNB", "BAC", "ETRANGER")),
        "registered_ft": draw(_maybe("O", "N", "NSP")),
        "last_contact": draw(_maybe("MOINS_5_MOIS", "PLUS_5_MOIS", "NSP")),
        "housing": draw(_maybe("SANS", "PARENTS", "NSP")),
    }
    answers = {
        "origin": draw(st.sampled_from(("SPONTANE", "FLYER", "SPIP", "ASE"))),
        "outcome": draw(st.sampled_from(("RDV_PRIS", "INFORMATION_SIMPLE", "AUTRE"))),
        "audiences": draw(st.lists(st.sampled_from(("DECROCHEUR", "PI", "PM", "RSA")), unique=True)),
    }
    status = draw(_maybe("", "PRESENT", "ABSENT", "ANNULE"))
    meeting = {} if status is None else {"appointment": {"at": "2026-12-01T10:00:00+01:00", "place": "Antenne"}}
    said = {k: v for k, v in situation.items() if v is not None}
    whole = {**line(), **common, **known[who], "situation": said, **answers, **meeting}
    return Meeting({name: value for name, value in whole.items() if value is not None}, who, status)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to five people, met or not, some of them found to be one."""
    known = [draw(people(number)) for number in range(draw(st.integers(1, 5)))]
    met = tuple(draw(st.lists(meetings(known), max_size=14)))
    named = sorted({one.who for one in met if one.who is not None})
    into = {who: draw(st.sampled_from(named[at + 1 :])) for at, who in enumerate(named[:-1]) if draw(st.booleans())}
    return World(met, into)


def periods() -> st.SearchStrategy[tuple[date, date]]:
    """A month, a quarter, the whole, a day, any."""
    any_day = st.dates(date(2026, 8, 25), date(2026, 11, 30))
    return st.sampled_from(
        (
            (date(2026, 9, 1), date(2026, 9, 30)),
            (date(2026, 9, 1), date(2026, 11, 30)),
            (date(2020, 1, 1), date(2030, 12, 31)),
        )
    ) | st.tuples(any_day, any_day).map(lambda two: (min(two), max(two)))


def slow(world: World, first: date, last: date) -> Cells:
    """Every cell that counts, by the code of its line and the name of its column."""
    found: Cells = {f"T{number}": Counter() for number in range(1, 12)}
    lists, groups = reference.lists(), reference.origin_groups()
    inside = [one for one in world.meetings if first <= one.at.date() <= last]

    def add(table: str, line: str, **columns: int) -> None:
        for column, many in columns.items():
            found[table][line, column.replace("_", " ")] += many

    for day, place in {(one.at.date(), plain(one.said["place"])) for one in inside}:
        assert day
        add("T1", place, Sorties=1)
    for one in inside:
        place, kind = plain(one.said["place"]), one.said["kind"]
        add("T1", place, Contacts=1)
        if kind == "group":
            women, men, others = (one.said[name] for name in ("women", "men", "unspecified"))
            add("T1", place, Groupes=1, Femmes_en_groupe=women, Hommes_en_groupe=men, Non_précisé_en_groupe=others)
            add("T2", "GROUPE", Contacts=1)
        elif kind == "anonymous":
            add("T1", place, Anonymes=1)
            add("T2", one.said["sex"], Contacts=1)
        if kind != "named":
            for table in ("T3", "T4", "T5", "T6", "T7", "T9"):
                add(table, "ANONYME", Contacts=1)
            continue
        assert one.who is not None
        root = world.root(one.who)
        own = [other for other in world.meetings if other.who is not None and world.root(other.who) == root]
        of_root = next(other.said for other in world.meetings if other.who == root)
        newest = max((other for other in own if other in inside), key=lambda other: (_ms(other), other.id))
        oldest = min(own, key=lambda other: (_ms(other), other.id))
        record, _ = read({**one.said, "person": of_root["person"]}, lists, NOW)
        assert isinstance(record, Named)
        computed = audiences.computed(record)
        once, told = int(one is newest), record.situation
        attached = once * any(other.said["handover"] == "RATTACHE" for other in own)
        schemes = [other.said.get("scheme") or "" for other in own]
        scheme = of_root.get("scheme") or max(schemes)
        add("T1", place, Nominatifs=1, Jeunes=once, Nouveaux=int(one is oldest), Déjà_vus=int(one is not oldest))
        band = age_band(computed.age) if computed.age is not None else None
        bands = {None: "Âge inconnu", "MOINS_16": "Moins de 16\u00a0ans", "30_PLUS": "30\u00a0ans et plus"}
        add("T2", record.person.sex, Contacts=1, Jeunes=once, **{bands.get(band, f"{band}\u00a0ans"): once})
        person = record.person
        district = person.qpv if person.qpv and person.qpv_status == "OUI" else person.qpv_status
        for at in (district or "INCONNU", *(["QPV"] if district and district not in ("NON", "A_VERIFIER") else [])):
            add("T3", at, Contacts=1, Jeunes=once, Rattachés=attached)
        sex = {"F": "Femmes", "M": "Hommes"}.get(person.sex, "Non précisé")
        knows, without = int(told.diploma is not None), int(told.diploma == "AUCUN")
        columns = {sex: once, "Diplôme connu": once * knows, "Sans diplôme": once * without}
        add("T4", told.level or "INCONNU", Contacts=1, Jeunes=once, **columns)
        epci = reference.epci_of().get(person.commune or "")
        for at in (person.commune or "INCONNU", *([epci] if epci else [])):
            add("T5", at, Contacts=1, Jeunes=once)
        add("T6", groups[record.origin], Contacts=1, Jeunes=once, Rattachés=attached)
        add("T7", record.outcome, Contacts=1, Jeunes=once, Mineurs=once * bool(computed.minor))
        idle = "NEET" if computed.neet else "OCCUPE"
        since = lists["duree_sans_activite"].get(told.inactive_since or "", "Durée non renseignée")
        for at in (told.category, idle, "CONNUE"):
            add("T9", at, Contacts=1, Jeunes=once, **{since: once})
        holds = {
            **{"NEET": computed.neet, "MINEUR": computed.minor, "QPV": computed.district},
            **{"PSH_PR": computed.homeless, "INVISIBLE": computed.unfollowed, "DECROCHEUR": computed.drop_out},
            **dict.fromkeys(record.audiences, True),
        }
        for code in (code for code, said in holds.items() if said):
            add("T11", code, Jeunes=once, Contacts=1)
        if once:
            in_time = [other for other in own if other in inside]
            meets = any(other.status not in (None, "ANNULE") for other in in_time)
            came = any(other.status == "PRESENT" for other in in_time)
            add("T8", "NOMINATIFS", Nombre=1)
            add("T8", "RDV", Nombre=int(meets))
            add("T8", "PRESENTS", Nombre=int(came))
            add("T8", "RATTACHES", Nombre=attached)
            if scheme in ENTERED:
                add("T8", scheme, Nombre=1)
                add("T8", "ENTREES", Nombre=1)
            add("T10", "REPERES", Jeunes=1)
            add("T10", "INVISIBLES", Jeunes=int(bool(computed.unfollowed)))
            add("T10", "REMOBILISES", Jeunes=int(came or bool(attached)))
            add("T10", "PARCOURS", Jeunes=int(scheme in ENTERED))
    add("T8", "CONTACTS", Nombre=len(inside))
    return {table: Counter({place: many for place, many in cells.items() if many}) for table, cells in found.items()}


def _ms(one: Meeting) -> int:
    return int(one.at.timestamp() * 1000)


def kept(world: World, ids: Sequence[str]) -> World:
    """With the ids that the encounters were given."""
    return replace(world, meetings=tuple(replace(one, id=id) for one, id in zip(world.meetings, ids, strict=True)))
