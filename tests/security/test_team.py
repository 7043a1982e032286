"""Several advisers on one laptop: who comes, who goes, whose password opens."""

from collections.abc import Callable

import keyring
import pytest

from milomobile.actions import team
from milomobile.actions.open import Profile, open_profile
from milomobile.errors import NotOurs, WeakPassword, WrongPassword
from milomobile.security import slots
from milomobile.store import engine
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.security.keyrings import Fine

KARIM, THEIRS, NEW = "Karim Passerelle", "Une-autre-phrase-57", "Encore-1-autre-phrase"


@pytest.fixture
def ring() -> Fine:
    made = Fine()
    keyring.set_keyring(made)
    return made


@pytest.fixture
def two(ring: Fine, new_profile: Callable[[], Profile]) -> Profile:
    made = new_profile()
    team.add(made, KARIM, THEIRS, NOW)
    return made


def again(profile: Profile, name: str | None, password: str) -> Profile:
    profile.close()
    opened = open_profile(profile.folder, name, password, NOW)
    profile.store, profile.held, profile.key = opened.store, opened.held, opened.key
    return opened


def told(profile: Profile) -> list[str]:
    with profile.store.read() as session:
        return list(session.exec_driver_sql("SELECT what FROM journal ORDER BY seq").scalars())


def names(profile: Profile) -> list[str]:
    return [one.name for one in team.members(profile)]


def test_somebody_added_opens_with_their_own_password(two: Profile) -> None:
    assert [(one.name, one.me, one.bound) for one in team.members(two)] == [(ADVISER, True, True), (KARIM, False, True)]
    karim = again(two, KARIM, THEIRS)
    assert karim.adviser == KARIM
    assert told(karim)[-2:] == ["team add", "unlock"]
    with karim.store.read() as session:
        known = session.exec_driver_sql("SELECT id, name FROM adviser").all()
    assert (karim.adviser_id, KARIM) in [tuple(row) for row in known]


def test_somebody_removed_opens_nothing_and_stays_in_the_history(two: Profile, ring: Fine) -> None:
    karim = next(one.id for one in team.members(two) if not one.me)
    with pytest.raises(WrongPassword):
        team.remove(two, karim, "faux", NOW)
    assert names(two) == [ADVISER, KARIM]
    team.remove(two, karim, PASSWORD, NOW)
    assert names(two) == [ADVISER]
    assert not any(karim in name for name in ring.kept), "the keyring forgets their secret"
    with two.store.read() as session:
        assert KARIM in session.exec_driver_sql("SELECT name FROM adviser").scalars().all()
    assert told(two)[-1] == "team remove"
    with pytest.raises(WrongPassword, match="pas inscrite"):
        again(two, KARIM, THEIRS)
    again(two, ADVISER, PASSWORD)


def test_nobody_removes_themselves_nor_the_last(new_profile: Callable[[], Profile]) -> None:
    alone = new_profile()
    with pytest.raises(NotOurs):
        team.remove(alone, alone.adviser_id, PASSWORD, NOW)
    again(alone, None, PASSWORD)


def test_a_name_changes_with_ones_own_password(two: Profile) -> None:
    with pytest.raises(WrongPassword):
        team.rename(two, "faux", "Camille Phare", NOW)
    with pytest.raises(NotOurs, match="de ce nom"):
        team.rename(two, PASSWORD, KARIM, NOW)
    with two.store.read() as session:
        assert set(session.exec_driver_sql("SELECT name FROM adviser").scalars()) == {ADVISER, KARIM}
    team.rename(two, PASSWORD, "  Camille   Phare ", NOW)
    assert again(two, "Camille Phare", PASSWORD).adviser == "Camille Phare"


def test_a_password_changes_and_the_store_does_not(two: Profile) -> None:
    two.store.forget()
    before = (two.folder / engine.FILE).read_bytes()
    kept = slots.read(two.folder)
    with pytest.raises(WeakPassword):
        team.change_password(two, PASSWORD, "faible", NOW)
    team.change_password(two, PASSWORD, NEW, NOW)
    assert (two.folder / engine.FILE).read_bytes() == before, "only a line of the journal waits in the log"
    assert slots.read(two.folder)[1:] == kept[1:]
    assert told(two)[-1] == "team password"
    with pytest.raises(WrongPassword):
        again(two, ADVISER, PASSWORD)
    again(two, ADVISER, NEW)


def test_the_code_gives_anybody_a_new_password(two: Profile) -> None:
    code = team.new_recovery_code(two, PASSWORD, NOW)
    karim = next(one.id for one in team.members(two) if not one.me)
    with pytest.raises(WrongPassword, match="Ce code n’est pas valable"):
        team.reset(two, "pas le code", karim, NEW, NOW)
    team.reset(two, code, karim, NEW, NOW)
    again(two, KARIM, NEW)
    assert told(two)[-3:] == ["team recovery", "team password", "unlock"]


def test_a_new_code_asks_ones_own_password_and_ends_the_one_before(two: Profile) -> None:
    code = team.new_recovery_code(two, PASSWORD, NOW)
    with pytest.raises(WrongPassword, match="propre mot de passe"):
        team.new_recovery_code(two, code, NOW)
    other = team.new_recovery_code(two, PASSWORD, NOW)
    with pytest.raises(WrongPassword):
        again(two, ADVISER, code)
    again(two, ADVISER, other)


def test_with_the_code_and_several_people_one_is_to_be_named(two: Profile) -> None:
    code = team.new_recovery_code(two, PASSWORD, NOW)
    with pytest.raises(WrongPassword, match="--adviser"):
        again(two, None, code)
    assert again(two, KARIM, code).adviser == KARIM


def test_an_adviser_cut_off_before_the_store_knew_them_can_register(two: Profile) -> None:
    with two.store.write() as session:
        session.exec_driver_sql("DELETE FROM adviser WHERE name = ?", (KARIM,))
    karim = again(two, KARIM, THEIRS)
    with karim.store.read() as session:
        assert KARIM in session.exec_driver_sql("SELECT name FROM adviser").scalars().all()
