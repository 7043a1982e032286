"""Known again in the encrypted file: by keys that follow every change, and that are made anew after an update."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select, update

from milomobile import reference
from milomobile.actions.open import Profile, open_profile
from milomobile.actions.register import register
from milomobile.domain import likeness
from milomobile.domain.reading import read
from milomobile.store import matching
from milomobile.store.tables import Person, PersonKey, Setting
from tests.conftest import ADVISER, NOW, PASSWORD, line


def met(profile: Profile, **changes: object) -> str:
    record, _ = read(line(**changes), reference.lists(), NOW)
    assert record
    found = register(profile, record, NOW).person
    assert found
    return found


def likely(profile: Profile, given: str, family: str, born: str = "", phone: str = "") -> list[tuple[str, str | None]]:
    one = likeness.identity(given, family, born, phone, NOW.date())
    with profile.store.read() as session:
        return [(id, alike.level) for id, alike in matching.likely(session, one)]


def test_someone_is_known_again_whatever_was_heard(profile: Profile) -> None:
    one = met(profile)
    other = met(profile, person__given_name="Lina", person__birth_name="Lampion", person__phone="03 53 01 99 99")
    assert likely(profile, "ines", "BOUSSOLE", "2007-03-12", "0353011234") == [(one, "sure")]
    assert likely(profile, "Boussolle", "Inès", "12/03/2007") == [(one, "probable")]
    assert likely(profile, "Inès", "Bousole") == [(one, "possible")]
    assert likely(profile, "Lina", "Lampion", "", "03 53 01 99 99") == [(other, "probable")]
    assert likely(profile, "Awa", "Diallo", "2001-01-01", "0601010101") == []


def test_a_new_telephone_is_a_new_key(profile: Profile) -> None:
    """The same person met again with another number is found by it from then on."""
    one = met(profile)
    with profile.store.write() as session:
        session.execute(update(Person).values(phone=None))
        session.execute(delete(PersonKey).where(PersonKey.key.like("P%")))
    met(profile, person__birth_date=None)
    again = met(profile, person__phone="06 98 76 54 32", person__birth_date="2007-03-12")
    assert likely(profile, "", "Boussole", "", "0698765432")[0][0] in (one, again)


def test_keys_of_an_older_program_are_made_anew_at_opening(new_profile: Callable[[], Profile]) -> None:
    profile = new_profile()
    one = met(profile)
    with profile.store.write() as session:
        before = session.execute(select(func.count()).select_from(PersonKey)).scalar_one()
        session.execute(delete(PersonKey))
        session.execute(PersonKey.__table__.insert().values(key="n boussole ines 2007-03-12", person_id=one))  # type: ignore[attr-defined]
        session.execute(delete(Setting).where(Setting.name == "likeness"))
    assert likely(profile, "Inès", "Boussole", "2007-03-12") == []
    profile.close()
    again = open_profile(profile.folder, ADVISER, PASSWORD, NOW)
    try:
        assert likely(again, "Inès", "Boussole", "2007-03-12") == [(one, "probable")]
        with again.store.read() as session:
            assert session.execute(select(func.count()).select_from(PersonKey)).scalar_one() == before
    finally:
        again.close()


@pytest.mark.parametrize("count", [400])
def test_a_name_that_many_bear_costs_little_and_the_best_still_comes_first(profile: Profile, count: int) -> None:
    """More people under one key than are looked at: who shares most keys is compared first."""
    for number in range(count):
        met(
            profile,
            person__phone=f"06{number:08d}",
            person__birth_date=f"{1999 + number % 10}-01-{1 + number % 28:02d}",
        )
    one = met(profile, person__phone="07 11 22 33 44", person__birth_date="2009-12-31")
    assert likely(profile, "Inès", "Boussole", "2009-12-31", "0711223344")[0] == (one, "sure")
    assert likely(profile, "Inès", "Boussole", "", "0711223344")[0] == (one, "probable")
