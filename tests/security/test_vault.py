"""Keys: what opens the store, and what does not."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.errors import KeyringLost, NotOurs, WrongPassword
from milomobile.security import passwords, recovery, slots, vault

CHEAP = slots.Cost(1, 64, 1)


class Ring:
    """What a keyring keeps."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.get = self.kept.get

    def keep(self, name: str, secret: bytes) -> bool:
        self.kept[name] = secret
        return True


def test_the_right_password_opens_and_no_other(tmp_path: Path) -> None:
    made = vault.make(tmp_path, "Camille", "secret", None, CHEAP)
    assert vault.unlock(tmp_path, "Camille", "secret", lambda _: None).key == made.key
    with pytest.raises(WrongPassword):
        vault.unlock(tmp_path, "Camille", "Secret", lambda _: None)


def test_a_slot_with_a_device_secret_needs_it(tmp_path: Path) -> None:
    ring = Ring()
    made = vault.make(tmp_path, "Camille", "secret", ring.keep, CHEAP)
    assert vault.unlock(tmp_path, None, "secret", ring.get).key == made.key
    with pytest.raises(KeyringLost, match="autre clé"):
        vault.unlock(tmp_path, None, "secret", lambda _: bytes(32))
    with pytest.raises(KeyringLost, match="trousseau"):
        vault.unlock(tmp_path, None, "secret", lambda _: None)
    with pytest.raises(WrongPassword, match=r"ne correspond pas\.$"):
        vault.unlock(tmp_path, None, "Secret", ring.get)


def test_a_slot_of_before_opens_and_says_both_reasons(tmp_path: Path) -> None:
    ring = Ring()
    made = vault.make(tmp_path, "Camille", "secret", ring.keep, CHEAP)
    file = tmp_path / slots.FILE
    kept = json.loads(file.read_text())
    del kept["sha256"]
    for slot in kept["slots"]:
        del slot["check"]
    file.write_text(json.dumps(kept))
    assert vault.unlock(tmp_path, None, "secret", ring.get).key == made.key
    with pytest.raises(WrongPassword, match="ou le trousseau de cet ordinateur a été remplacé"):
        vault.unlock(tmp_path, None, "secret", lambda _: bytes(32))


def test_the_recovery_code_opens_wherever_a_password_is_asked(tmp_path: Path) -> None:
    made = vault.make(tmp_path, "Camille", "secret", Ring().keep, CHEAP)
    assert made.recovery_code
    for typed in (made.recovery_code, made.recovery_code.lower().replace("-", " "), f" {made.recovery_code}\n"):
        opened = vault.unlock(tmp_path, None, typed, lambda _: None)
        assert (opened.key, opened.by_recovery) == (made.key, True)
    other = recovery.new_recovery_code()
    with pytest.raises(WrongPassword, match="Ce code n’est pas valable"):
        vault.recover(tmp_path, vault.whose(tmp_path, None), other)


def test_a_new_password_changes_one_slot_and_nothing_of_the_store(tmp_path: Path) -> None:
    ring = Ring()
    made = vault.make(tmp_path, "Camille", "secret", ring.keep, CHEAP)
    (tmp_path / "store.db").write_bytes(b"fiches")
    before = slots.read(tmp_path)
    vault.wrap_again(tmp_path, made.key, made.slot, "nouveau", ring.get, ring.keep)
    mine, code_slot = slots.read(tmp_path)
    assert code_slot == before[1]
    assert (mine.id, mine.check, mine.bound) == (before[0].id, before[0].check, True), "the keyring keeps its secret"
    assert len(mine.wrapped) == len(before[0].wrapped) == 2 * (32 + 16)
    assert (tmp_path / "store.db").read_bytes() == b"fiches"
    assert vault.unlock(tmp_path, None, "nouveau", ring.get).key == made.key
    with pytest.raises(WrongPassword):
        vault.unlock(tmp_path, None, "secret", ring.get)


def test_advisers_come_and_go_but_never_the_last_nor_the_recovery(tmp_path: Path) -> None:
    ring = Ring()
    made = vault.make(tmp_path, "Camille", "secret", ring.keep, CHEAP)
    karim = vault.add(tmp_path, made.key, "Karim", "sien", ring.keep)
    assert vault.unlock(tmp_path, "Karim", "sien", ring.get).key == made.key
    with pytest.raises(NotOurs, match="de ce nom"):
        vault.add(tmp_path, made.key, "karim", "autre", ring.keep)
    vault.remove(tmp_path, made.slot)
    with pytest.raises(WrongPassword, match="pas inscrite"):
        vault.unlock(tmp_path, "Camille", "secret", ring.get)
    code_slot = next(slot.id for slot in slots.read(tmp_path) if slot.kind == "recovery")
    for id in (karim, code_slot):
        with pytest.raises(NotOurs):
            vault.remove(tmp_path, id)
    assert vault.recover(tmp_path, vault.whose(tmp_path, None), str(made.recovery_code)).key == made.key


def test_a_new_recovery_code_ends_the_one_before(tmp_path: Path) -> None:
    made = vault.make(tmp_path, "Camille", "secret", None, CHEAP)
    code = vault.change_recovery_code(tmp_path, made.key)
    assert vault.unlock(tmp_path, None, code, lambda _: None).key == made.key
    with pytest.raises(WrongPassword):
        vault.unlock(tmp_path, None, str(made.recovery_code), lambda _: None)


def test_a_keyring_that_refuses_leaves_a_slot_without_its_secret(tmp_path: Path) -> None:
    made = vault.make(tmp_path, "Camille", "secret", lambda *_: False, CHEAP)
    assert not slots.read(tmp_path)[0].bound
    assert vault.unlock(tmp_path, None, "secret", lambda _: None).key == made.key


def test_a_cut_before_the_keys_are_in_place_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vault.make(tmp_path, "Camille", "secret", None, CHEAP)

    def cut(*_: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as power:
        power.setattr(os, "replace", cut)
        with pytest.raises(OSError):
            vault.wrap_again(tmp_path, made.key, made.slot, "nouveau", lambda _: None, None)
    assert vault.unlock(tmp_path, None, "secret", lambda _: None).key == made.key


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
    code = recovery.new_recovery_code()
    assert len(code.replace("-", "")) == 26
    sloppy = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert recovery.recovery_secret(sloppy) == recovery.recovery_secret(code)
    with pytest.raises(WrongPassword):
        recovery.recovery_secret(code[:-1])


@pytest.mark.parametrize(
    "good",
    [
        "Abcdefgh12!?",
        "Abcdefghijkl12",
        "abcdefghijklmn12",
        "nuage vert 57 xy",
        "un deux trois quatre cinq sept huit",
        "demo-milo-mobile-2026",
    ],
)
def test_strong_enough(good: str) -> None:
    assert passwords.problem(good) is None


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "azertyuiop1234",
        "azertyuiop123456",
        "Password1234!",
        "Abcdefg12!?",
        "Abcdefghijk12",
        "abcdefghijklm12",
        "motdepassetreslong",
        "aaaa1111aaaa1111",
    ],
)
def test_too_weak(weak: str) -> None:
    assert passwords.problem(weak)
    assert not passwords.strength(weak).enough
    assert passwords.strength(weak).share < 1


@given(st.text(max_size=80))
def test_the_meter_is_full_for_what_is_taken_and_for_nothing_else(typed: str) -> None:
    assert (
        passwords.strength(typed).enough == (passwords.problem(typed) is None) == (passwords.strength(typed).share == 1)
    )
