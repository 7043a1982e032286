"""Which services fit whom: by need, by place, nearest first, and how old what is said of them is."""

from datetime import date

import pytest

from milomobile.domain.referrals import Service, Structure, Wanted, age_of, found

TODAY = date(2026, 11, 24)
METZ, WOIPPY, THIONVILLE, NANCY = "57463", "57751", "57672", "54395"
EPCI = {METZ: "200039865", WOIPPY: "200039865", THIONVILLE: "245701362", NANCY: "245400676"}
STRUCTURE = Structure("s", "demo", "Antenne de Borny", TODAY)


def service(id: str, insee: str | None = METZ, zones: tuple[str, ...] = (), updated: date = TODAY) -> Service:
    themes = ("mobilite--preparer-un-permis",)
    return Service(id, "demo", "s", f"Service {id}", "Une aide", updated, themes=themes, zones=zones, insee=insee)


def ids(services: list[Service], **wanted: object) -> list[str]:
    pairs = [(one, STRUCTURE) for one in services]
    return [offer.service.id for offer in found(pairs, Wanted(**wanted), EPCI, TODAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("updated", "age"),
    [
        (date(2025, 11, 25), "fresh"),
        (date(2025, 11, 24), "doubtful"),
        (date(2024, 11, 25), "doubtful"),
        (date(2024, 11, 24), "stale"),
        (date(2024, 2, 29), "stale"),
    ],
)
def test_a_year_is_doubtful_two_are_stale(updated: date, age: str) -> None:
    assert age_of(updated, TODAY) == age


def test_nearest_first() -> None:
    services = [service("d", THIONVILLE), service("c", WOIPPY), service("b"), service("a")]
    assert ids(services, commune=METZ) == ["a", "b", "c", "d"]


def test_zones_say_who_may_go() -> None:
    zoned = [
        service("own", zones=(METZ,)),
        service("epci", zones=("200039865",)),
        service("department", zones=("57",)),
        service("france", NANCY, zones=("france",)),
        service("others", zones=(THIONVILLE,)),
    ]
    assert ids(zoned, commune=METZ) == ["department", "epci", "own", "france"]
    assert ids(zoned, commune=THIONVILLE) == ["department", "others", "france"]
    assert ids([service("far", NANCY), service("unknown", None)], commune=METZ) == ["unknown"]
    assert len(ids(zoned)) == 5


def test_a_service_without_an_address_is_where_its_structure_is() -> None:
    there = Structure("s", "demo", "Foyer", TODAY, insee=WOIPPY)
    offers = found([(service("a", None), there)], Wanted(commune=METZ), EPCI, TODAY)
    assert [offer.near for offer in offers] == [1]


def test_a_whole_epci_can_be_asked_for() -> None:
    services = [service("m", METZ), service("w", WOIPPY, zones=(WOIPPY,)), service("t", THIONVILLE)]
    assert ids(services, epci="200039865") == ["m", "w"]


def test_needs_are_themes_or_their_category_never_a_beginning() -> None:
    services = [service("a")]
    assert ids(services, needs=("mobilite",)) == ["a"]
    assert ids(services, needs=("mobilite--preparer-un-permis",)) == ["a"]
    assert ids(services, needs=("mobi",)) == []
    assert ids(services, needs=("sante",)) == []


def test_words_are_looked_for_without_accents() -> None:
    assert ids([service("é")], words="BORNY service") == ["é"]
    assert ids([service("é")], words="borny logement") == []


def test_stale_services_are_shown_only_when_asked_for() -> None:
    services = [service("old", updated=date(2024, 1, 1)), service("doubtful", updated=date(2025, 6, 1))]
    assert ids(services) == ["doubtful"]
    assert ids(services, stale_too=True) == ["doubtful", "old"]
