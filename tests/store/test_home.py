"""Where somebody lives, as it is kept and sent: QPV with its generation, abroad, no stable address, another territory."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from milomobile import reference
from milomobile.actions import correct, find, home, report
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.encounters import Named
from milomobile.domain.form import from_line
from milomobile.domain.people import Person
from milomobile.domain.reading import read
from milomobile.store.inbox import Inbox
from milomobile.store.tables import Outbox
from milomobile.store.tables import Person as Kept
from tests.conftest import NOW, line

METZ, MONTIGNY, THIONVILLE, MAIZIERES, BOULAY, NANCY = "57463", "57480", "57672", "57433", "57097", "54395"


def met(profile: Profile, **changes: Any) -> str:
    record, found = read(line(**changes), reference.lists(), NOW)
    assert record, found
    person = register(profile, record, NOW).person
    assert person
    return person


def kept(profile: Profile, person: str) -> Any:
    with profile.store.read() as session:
        return session.execute(select(*Kept.__table__.columns).where(Kept.id == person)).one()


def sent(profile: Profile) -> list[dict[str, Any]]:
    with profile.store.read() as session:
        lines = session.execute(select(Outbox.line).where(Outbox.entity == "person").order_by(Outbox.seq)).scalars()
        return [json.loads(raw)["set"] for raw in lines if raw]


def tell(profile: Profile, kind: str, *rows: dict[str, Any]) -> None:
    items = [{"kind": kind, "id": row.pop("id"), "set": row} for row in rows]
    Inbox(profile.store).take("reference", items, "c", whole=False)


@pytest.mark.parametrize(
    ("said", "status", "generation"),
    [
        ({"qpv": "QN05720M", "qpv_status": "OUI"}, "OUI", "2024"),
        ({"qpv": "QN05720M", "qpv_status": None}, "OUI", "2024"),
        ({"qpv": None, "qpv_status": "A_VERIFIER"}, "A_VERIFIER", "2024"),
        ({"qpv": None, "qpv_status": None}, None, None),
        ({"qpv": None, "qpv_status": None, "commune": MONTIGNY, "postal_code": "57950"}, "NON", "2024"),
        ({"qpv": None, "qpv_status": None, "commune": THIONVILLE, "postal_code": "57100"}, None, None),
        ({"qpv": None, "qpv_status": None, "commune": MONTIGNY, "country": "Luxembourg"}, None, None),
        ({"qpv": "QP057020", "qpv_generation": "2015"}, "OUI", "2015"),
        ({"qpv": "QN05799X", "qpv_generation": "2030"}, "OUI", "2030"),
    ],
)
def test_the_record_says_by_which_list_a_qpv_was_said(
    profile: Profile, said: dict[str, Any], status: str | None, generation: str | None
) -> None:
    answers = {f"person__{name}": value for name, value in said.items()}
    one = kept(profile, met(profile, **answers))
    assert (one.qpv_status, one.qpv_generation) == (status, generation)
    told = sent(profile)[0]
    assert (told.get("qpv_status"), told.get("qpv_generation")) == (status, generation)


def test_a_correction_keeps_the_list_of_what_it_leaves_and_says_that_of_what_it_changes(profile: Profile) -> None:
    person = met(profile, person__qpv="QN05799X", person__qpv_generation="2030")
    with profile.store.write() as session:
        session.execute(Outbox.__table__.update().values(state="refused", reason="essai"))  # type: ignore[attr-defined]
        seq = session.execute(select(Outbox.seq).where(Outbox.entity == "person")).scalar_one()
    answers = correct.answers(profile, seq)
    assert answers["person.qpv"] == "QN05799X"
    record, _ = read(line(person__qpv="QN05799X", person__email="ines@example.org"), reference.lists(), NOW)
    assert isinstance(record, Named)
    correct.correct(profile, seq, record, NOW)
    assert kept(profile, person).qpv_generation == "2030"
    settled = home.settled(record, Person(commune=METZ, qpv="QN05720M", qpv_status="OUI", qpv_generation="2015"))
    assert settled.person.qpv_generation == "2024"
    unsaid = Person(commune=METZ, qpv="QN05799X", qpv_status="OUI")
    assert home.settled(record, unsaid).person.qpv_generation is None, "kept before lists had a generation"


def test_no_stable_address_stays_until_an_address_is_given(profile: Profile) -> None:
    person = met(profile, person__no_address=True, person__address="Foyer des jeunes, Borny")
    assert met(profile, comment="revu") == person
    assert kept(profile, person).no_address
    met(profile, person__address="12 rue du Lac")
    assert (kept(profile, person).no_address, kept(profile, person).address) == (False, "12 rue du Lac")
    assert [told.get("no_address") for told in sent(profile)] == [True, False]


def test_who_lived_abroad_and_gives_a_commune_is_back_in_france(profile: Profile) -> None:
    person = met(profile, person__country="Luxembourg", person__commune=None, person__postal_code=None)
    assert find.sheet(profile, person, NOW).outside
    assert met(profile) == person
    assert kept(profile, person).country == "France"
    assert not find.sheet(profile, person, NOW).outside


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"person__country": "Luxembourg", "person__postal_code": "L-1234", "person__commune": None}, []),
        ({"person__country": "France", "person__postal_code": "1234"}, ["person.postal_code"]),
        ({"person__country": "x" * 81}, ["person.country"]),
        ({"person__country": "1 85 05 78 006 084 36"}, ["person.country"]),
        ({"person__postal_code": "57000", "person__commune": "57751"}, ["person.postal_code"]),
        ({"structure": "x" * 81}, ["structure"]),
    ],
)
def test_what_is_odd_about_a_home(changes: dict[str, Any], fields: list[str]) -> None:
    _, found = read(line(**changes), reference.lists(), NOW)
    assert [one.field for one in found] == fields


@pytest.mark.parametrize(
    "answers", [{"no_address": 1}, {"no_address": "oui"}, {"country": 3}, {"qpv_generation": 2024}]
)
def test_of_another_kind_is_refused(answers: dict[str, Any]) -> None:
    value, found = read(line(**{f"person__{name}": said for name, said in answers.items()}), reference.lists(), NOW)
    assert value is None and found[0].refused


def test_the_form_shows_again_who_lives_abroad() -> None:
    assert from_line({"person": {"country": "Belgique"}})["abroad"] is True
    assert "abroad" not in from_line({"person": {"country": "France"}})


def test_the_territory_is_told_by_where_one_lives_or_what_was_said(profile: Profile) -> None:
    territory = home.territory(profile)
    assert [territory.outside(one) for one in (METZ, MONTIGNY, MAIZIERES, "57578", None)] == [False] * 5
    assert [territory.outside(one) for one in (THIONVILLE, BOULAY, NANCY, "75056")] == [True] * 4
    names = [one and one.name for one in map(territory.competent, (THIONVILLE, NANCY, BOULAY, METZ))]
    assert names == [
        "Mission Locale du Nord Mosellan",
        "Mission Locale du Grand Nancy",
        None,
        "Mission Locale du Pays Messin",
    ]
    assert territory.missions[0].name == "Mission Locale du Nord Mosellan"
    assert territory.outside(METZ, structure="57672S00") and not territory.outside(THIONVILLE, structure="57463S00")


def test_every_commune_served_is_one_and_of_one_mission_locale() -> None:
    territory = home.Territory(reference.missions(), reference.epci_of())
    communes = [code for one in territory.missions for code in one.communes]
    epci = [code for one in territory.missions for code in one.epci]
    assert set(communes) <= set(reference.commune_names()) and len(set(communes)) == len(communes)
    assert set(epci) <= set(reference.epci_of().values()) and len(set(epci)) == len(epci)
    assert {METZ, "57751"} <= territory.communes and not {METZ, "57751"} & reference.without_district()
    assert MONTIGNY in reference.without_district()


def test_the_offices_list_of_missions_locales_replaces_ours(profile: Profile) -> None:
    tell(
        profile,
        "mission",
        {"id": "57606S00", "rank": "2", "name": "Moselle Centre", "epci": "200067650", "communes": None},
        {"id": "57672S00", "rank": "1", "name": "Nord Mosellan", "epci": None, "communes": "57433"},
    )
    territory = home.territory(profile)
    assert [one.name for one in territory.missions][:2] == ["Nord Mosellan", "Moselle Centre"]
    assert [territory.outside(one) for one in (METZ, MAIZIERES, BOULAY)] == [False, True, True]
    competent = territory.competent(BOULAY)
    assert competent and competent.code == "57606S00"


def test_who_lives_elsewhere_is_counted_apart_once(profile: Profile) -> None:
    met(profile)
    for number, (commune, country, structure) in enumerate(
        [(THIONVILLE, None, None), (None, "Luxembourg", None), (METZ, None, "57672S00"), (THIONVILLE, None, "57463S00")]
    ):
        for _ in range(2):
            met(
                profile,
                person__birth_name=f"Lanterne{'abcd'[number]}",
                person__phone=f"03 53 01 00 1{number}",
                person__commune=commune,
                person__postal_code=None,
                person__country=country,
                structure=structure,
            )
    counts = report.figures(profile, date(2026, 11, 1), date(2026, 11, 30))
    assert (counts["people"], counts["outside"]) == (5, 3)


def test_the_streets_of_the_office_propose_a_qpv(profile: Profile) -> None:
    assert home.propose_qpv(profile, "12 bd de Provence", METZ) is None
    row = {"commune": METZ, "street": "Boulevard de Provence", "from": None, "to": None, "parity": None}
    tell(
        profile,
        "street",
        {"id": "1", **row, "qpv": "QN05720M"},
        {"id": "2", **row, "commune": "57751", "qpv": "QN05726N"},
        {"id": "3", **row, "street": "Rue d’un autre temps", "qpv": "QN05799X"},
    )
    for commune, name in ((METZ, "Borny"), ("57751", "Roi")):
        proposed = home.propose_qpv(profile, "12 bd de provance", commune)
        assert proposed and proposed.name == name
    assert home.propose_qpv(profile, "12 bd de Provence", MONTIGNY) is None
    assert home.propose_qpv(profile, "12 rue d'un autre temps", METZ) is None, "no district of this laptop's list"
