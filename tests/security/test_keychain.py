"""What ails a keyring is told apart, and the recovery code opens whatever it is."""

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as Nothing

from milomobile.actions import open as opening
from milomobile.actions.open import create, open_profile, recover
from milomobile.errors import KeyringLost, TooSoon, WrongPassword
from milomobile.security import keychain, slots
from milomobile.store import sending
from tests.conftest import ADVISER, NOW, PASSWORD
from tests.security.keyrings import Fine, Locked, Refusing, Small


def replaced(ring: Fine) -> KeyringBackend:
    """Another laptop's."""
    made = Fine()
    made.kept = dict.fromkeys(ring.kept, "A" * 43 + "=")
    return made


def spoilt(ring: Fine) -> KeyringBackend:
    made = Fine()
    made.kept = dict.fromkeys(ring.kept, "ceci n’est pas une clé")
    return made


LATER: dict[str, tuple[Callable[[Fine], KeyringBackend], str]] = {
    "none": (lambda _: NoKeyring(), keychain.GONE),
    "keeps nothing": (lambda _: Nothing(), keychain.GONE),
    "locked": (lambda _: Locked(), keychain.LOCKED),
    "emptied": (lambda _: Fine(), keychain.LOST),
    "replaced": (replaced, keychain.REPLACED),
    "spoilt": (spoilt, keychain.REPLACED),
}


@pytest.mark.parametrize("case", LATER)
def test_each_trouble_has_its_sentence_and_the_code_opens(case: str, tmp_path: Path) -> None:
    ring = Fine()
    keyring.set_keyring(ring)
    _, code = create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    assert slots.advisers(tmp_path / "p")[0].bound
    later, sentence = LATER[case]
    keyring.set_keyring(later(ring))
    for password in (PASSWORD, "faux"):
        for _ in range(2):
            with pytest.raises(KeyringLost) as told:
                open_profile(tmp_path / "p", None, password, NOW)
            assert told.value.sentence == sentence
            assert sentence.endswith("Le code de secours ouvre les fiches.")
    profile = open_profile(tmp_path / "p", None, code, NOW)
    with profile.store.read() as session:
        assert sending.counts(session) == {}
    profile.close()


def test_the_sentences_differ() -> None:
    said = {keychain.MISSING, keychain.FULL, keychain.GONE, keychain.LOCKED, keychain.LOST, keychain.REPLACED}
    assert len(said) == 6


@pytest.mark.parametrize(
    ("ring", "sentence"),
    [
        (NoKeyring(), keychain.MISSING),
        (Nothing(), keychain.MISSING),
        (Locked(), keychain.LOCKED),
        (Refusing(), keychain.FULL),
        (Small(40), keychain.FULL),
    ],
)
def test_a_profile_is_made_without_a_keyring_and_it_is_told(
    ring: KeyringBackend, sentence: str, tmp_path: Path
) -> None:
    keyring.set_keyring(ring)
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    assert keychain.trouble() == sentence
    assert not slots.advisers(tmp_path / "p")[0].bound
    open_profile(tmp_path / "p", None, PASSWORD, NOW).close()


def test_a_secret_stays_far_under_the_limit_of_windows(tmp_path: Path) -> None:
    keyring.set_keyring(Small(2560 // 20))
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    assert slots.advisers(tmp_path / "p")[0].bound
    assert keychain.trouble() is None


def test_with_the_code_the_slot_is_bound_to_the_new_keyring(tmp_path: Path) -> None:
    keyring.set_keyring(Fine())
    _, code = create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    keyring.set_keyring(Fine())
    new = "Encore-1-autre-phrase"
    profile = recover(tmp_path / "p", ADVISER, code, new, NOW)
    with profile.store.read() as session:
        lines = session.exec_driver_sql("SELECT what FROM journal ORDER BY seq").scalars().all()
    assert lines == ["init", "unlock recovery", "team password"]
    profile.close()
    assert profile.key == bytes(32), "the key is overwritten"
    assert slots.advisers(tmp_path / "p")[0].bound
    open_profile(tmp_path / "p", ADVISER, new, NOW).close()
    with pytest.raises(WrongPassword, match="ne correspond pas"):
        open_profile(tmp_path / "p", ADVISER, PASSWORD, NOW)


def test_the_trouble_of_a_keyring_is_no_wrong_try(tmp_path: Path) -> None:
    keyring.set_keyring(Fine())
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    keyring.set_keyring(Locked())
    for _ in range(6):
        with pytest.raises(KeyringLost):
            opening.tried(tmp_path / "p", None, "faux", NOW)
    assert not isinstance(KeyringLost("x"), TooSoon)
