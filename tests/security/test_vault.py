"""Keys: what opens the store, and what does not."""

from pathlib import Path

import pytest

from milomobile.errors import NotOurs, WrongPassword
from milomobile.security import passwords, slots, vault

CHEAP = slots.Cost(1, 64, 1)


def test_the_right_password_opens_and_no_other(tmp_path: Path) -> None:
    made = vault.make(tmp_path, "Camille", "secret", None, CHEAP)
    assert vault.unlock(tmp_path, "Camille", "secret", lambda _: None).key == made.key
    with pytest.raises(WrongPassword):
        vault.unlock(tmp_path, "Camille", "Secret", lambda _: None)


def test_a_slot_with_a_device_secret_needs_it(tmp_path: Path) -> None:
    kept: dict[str, bytes] = {}
    made = vault.make(tmp_path, "Camille", "secret", kept.__setitem__, CHEAP)
    assert vault.unlock(tmp_path, None, "secret", kept.get).key == made.key
    with pytest.raises(WrongPassword):
        vault.unlock(tmp_path, None, "secret", lambda _: bytes(32))
    with pytest.raises(WrongPassword, match="trousseau"):
        vault.unlock(tmp_path, None, "secret", lambda _: None)


def test_nothing_secret_stands_in_the_file(tmp_path: Path) -> None:
    made = vault.make(tmp_path, "Camille", "mot de passe", None, CHEAP)
    text = (tmp_path / slots.FILE).read_text()
    assert made.key.hex() not in text
    assert "mot de passe" not in text
    assert made.recovery_code
    assert made.recovery_code not in text
    assert made.key.hex() not in repr(made)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    vault.make(tmp_path, "Camille", "secret", None, CHEAP)
    (tmp_path / slots.FILE).write_text("{")
    with pytest.raises(NotOurs):
        vault.unlock(tmp_path, None, "secret", lambda _: None)


def test_a_recovery_code_reads_forgivingly_and_notices_most_slips() -> None:
    code = vault.new_recovery_code()
    assert len(code.replace("-", "")) == 26
    sloppy = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert vault.recovery_secret(sloppy) == vault.recovery_secret(code)
    with pytest.raises(WrongPassword):
        vault.recovery_secret(code[:-1])


@pytest.mark.parametrize(
    "good",
    [
        "Abcdefgh12!?",
        "Abcdefghijkl12",
        "abcdefghijklmn12",
        "un deux trois quatre cinq sept huit",
        "demo-milo-mobile-2026",
    ],
)
def test_strong_enough(good: str) -> None:
    assert passwords.problem(good) is None


@pytest.mark.parametrize(
    "weak", ["", "Abcdefg12!?", "Abcdefghijk12", "abcdefghijklm12", "motdepassetreslong", "aaaa1111aaaa1111"]
)
def test_too_weak(weak: str) -> None:
    assert passwords.problem(weak)
