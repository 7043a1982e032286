"""What follows from the answers: exact rules, birthdays on the day, and unknown that is never no."""

from datetime import datetime

import pytest

from milomobile import reference
from milomobile.domain.audiences import Audiences, computed, needs_guardian, said
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import Named
from milomobile.domain.reading import read
from tests.conftest import line

ON = "2026-11-24"


def found(at: str = ON, **changes: object) -> Audiences:
    return computed(registration(at, **changes))


def registration(at: str = ON, **changes: object) -> Named:
    noon = datetime.fromisoformat(f"{at}T12:00").replace(tzinfo=LOCAL)
    value, _ = read(line(at=noon.isoformat(), **changes), reference.lists(), noon)
    assert isinstance(value, Named)
    return value


@pytest.mark.parametrize(
    ("born", "age", "minor", "out_of_reach"),
    [
        ("2010-11-25", 15, True, True),
        ("2010-11-24", 16, True, False),
        ("2008-11-25", 17, True, False),
        ("2008-11-24", 18, False, False),
        ("2000-11-25", 25, False, False),
        ("2000-11-24", 26, False, True),
        ("1996-11-25", 29, False, True),
        ("1996-11-24", 30, False, True),
    ],
)
def test_birthdays_on_the_day(born: str, age: int, minor: bool, out_of_reach: bool) -> None:
    got = found(person__birth_date=born)
    assert (got.age, got.minor, got.out_of_reach) == (age, minor, out_of_reach)


@pytest.mark.parametrize(
    ("born", "at", "age"),
    [
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2000-02-29", "2026-02-28", 25),
        ("2000-02-29", "2026-03-01", 26),
    ],
)
def test_born_on_29_february(born: str, at: str, age: int) -> None:
    assert found(at, person__birth_date=born).age == age


def test_the_day_is_that_of_metz_and_of_the_encounter() -> None:
    late = registration(person__birth_date="2008-11-25")
    at = datetime.fromisoformat("2026-11-24T23:30:00+00:00")
    assert computed(Named(**{**vars(late), "at": at})).age == 18


def test_without_a_birth_date_the_stated_age_counts_and_without_any_all_is_unknown() -> None:
    assert found(person__birth_date=None, person__stated_age=17).minor is True
    got = found(person__birth_date=None)
    assert (got.age, got.minor, got.out_of_reach) == (None, None, None)


@pytest.mark.parametrize(
    ("category", "neet"),
    [("SANS_SITUATION", True), ("DEMANDEUR_D_EMPLOI", True), ("EMPLOI", False), ("SCOLARITE", False), (None, None)],
)
def test_neet(category: str | None, neet: bool | None) -> None:
    assert found(situation__category=category).neet is neet


@pytest.mark.parametrize(
    ("category", "diploma", "born", "expected"),
    [
        ("SANS_SITUATION", "AUCUN", "2007-03-12", True),
        ("EMPLOI", "DNB", "2007-03-12", True),
        ("EMPLOI", "CFG", "2010-11-24", True),
        ("EMPLOI", "CFG", "2010-11-25", False),
        ("EMPLOI", "CAP_BEP", "2007-03-12", False),
        ("SCOLARITE", "AUCUN", "2007-03-12", False),
        ("SANS_SITUATION", None, "2007-03-12", None),
        ("SANS_SITUATION", "ETRANGER", "2007-03-12", None),
        ("SANS_SITUATION", "AUCUN", None, None),
        (None, "AUCUN", "2007-03-12", None),
        ("SCOLARITE", None, None, False),
    ],
)
def test_drop_out(category: str | None, diploma: str | None, born: str | None, expected: bool | None) -> None:
    got = found(situation__category=category, situation__diploma=diploma, person__birth_date=born)
    assert got.drop_out is expected


@pytest.mark.parametrize(
    ("born", "category", "expected"),
    [
        ("2010-11-24", "SANS_SITUATION", True),
        ("2008-11-25", "SANS_SITUATION", True),
        ("2008-11-24", "SANS_SITUATION", False),
        ("2009-01-01", None, True),
        ("2009-01-01", "DEMANDEUR_D_EMPLOI", None),
        ("2009-01-01", "CONTRAT_EN_ALTERNANCE", False),
        (None, "SANS_SITUATION", None),
        (None, "FORMATION", False),
    ],
)
def test_duty_of_training(born: str | None, category: str | None, expected: bool | None) -> None:
    assert found(person__birth_date=born, situation__category=category).training_duty is expected


@pytest.mark.parametrize(
    ("registered", "contact", "expected"),
    [
        ("N", None, True),
        ("N", "MOINS_5_MOIS", True),
        ("O", "PLUS_5_MOIS", True),
        (None, "PLUS_5_MOIS", True),
        ("NSP", "JAMAIS", True),
        ("O", "MOINS_5_MOIS", False),
        ("O", None, None),
        ("O", "NSP", None),
        ("NSP", "MOINS_5_MOIS", None),
        (None, "MOINS_5_MOIS", None),
        (None, None, None),
    ],
)
def test_not_followed_by_the_employment_service(
    registered: str | None, contact: str | None, expected: bool | None
) -> None:
    assert found(situation__registered_ft=registered, situation__last_contact=contact).unfollowed is expected


@pytest.mark.parametrize(("status", "district"), [("OUI", True), ("NON", False), ("A_VERIFIER", None), (None, None)])
def test_district(status: str | None, district: bool | None) -> None:
    assert found(person__qpv_status=status).district is district


@pytest.mark.parametrize(
    ("housing", "homeless"),
    [("SANS", True), ("CHRS_URGENCE", True), ("PARENTS", False), ("NSP", None), (None, None)],
)
def test_homeless(housing: str | None, homeless: bool | None) -> None:
    assert found(situation__housing=housing).homeless is homeless


@pytest.mark.parametrize(
    ("born", "handover", "expected"),
    [
        ("2010-11-24", "A_RATTACHER", True),
        ("2008-11-25", "RATTACHE", True),
        ("2008-11-24", "A_RATTACHER", False),
        ("2009-01-01", "REFUS", False),
        (None, "A_RATTACHER", False),
    ],
)
def test_a_guardian_is_asked_for_minors_whose_file_is_opened(born: str | None, handover: str, expected: bool) -> None:
    record = registration(person__birth_date=born, handover=handover)
    assert needs_guardian(record.person, record.handover, record.at.date()) is expected


def test_only_what_holds_is_said() -> None:
    words = list(said(found(situation__registered_ft="N", situation__diploma="AUCUN")))
    assert words[0] == "19\u00a0ans le jour de la rencontre"
    assert "A quitté l’école sans diplôme" in words and "Habite en QPV" in words
    assert "Moins de 18\u00a0ans" not in words and "Sans hébergement stable" not in words
    assert list(said(found(person__birth_date=None, person__qpv_status=None, situation__category=None))) == []
