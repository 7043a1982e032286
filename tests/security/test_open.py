"""What opens a profile, how long one waits after wrong passwords, and what is never made in its place."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from milomobile import reference
from milomobile.actions import open as opening
from milomobile.actions.open import create, open_profile, recover
from milomobile.actions.register import register
from milomobile.domain.reading import read
from milomobile.errors import NotOurs, TooSoon, WeakPassword, WrongPassword
from milomobile.security import slots, tries
from milomobile.store import engine, sending
from tests.conftest import ADVISER, NOW, PASSWORD, line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    return tmp_path / "p"


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_waits_grow_from_the_third_try_and_outlive_the_program(folder: Path) -> None:
    at = 0.0
    for wait in (0, 0, 1, 2, 4, 8, 16, 32, 60, 60):
        with pytest.raises(WrongPassword, match="ne correspond pas"):
            open_profile(folder, None, "faux", after(at))
        if wait:
            with pytest.raises(TooSoon, match=rf"^Nouvel essai dans {wait} secondes?\.$"):
                open_profile(folder, None, PASSWORD, after(at))
            with pytest.raises(TooSoon, match=r"^Nouvel essai dans 1 seconde\.$"):
                open_profile(folder, None, PASSWORD, after(at + wait - 0.5))
        at += wait
    profile = open_profile(folder, None, PASSWORD, after(at))
    with profile.store.read() as session:
        lines = session.exec_driver_sql("SELECT who, what FROM journal ORDER BY seq").all()
    assert [what for _, what in lines] == ["init", *["unlock failed"] * 10, "unlock"]
    assert {who for who, _ in lines} == {profile.adviser_id}
    profile.close()
    with pytest.raises(WrongPassword, match="ne correspond pas"):
        open_profile(folder, None, "faux", after(at))
    open_profile(folder, None, PASSWORD, after(at)).close()


def test_a_clock_set_back_keeps_nobody_out_for_long(folder: Path) -> None:
    for _ in range(4):
        tries.failed(folder, slots.advisers(folder)[0].id, after(10**8))
    with pytest.raises(TooSoon):
        open_profile(folder, None, PASSWORD, NOW)
    open_profile(folder, None, PASSWORD, after(2)).close()


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"wrong": {"x": "y"}}', '{"wrong":{},"last":{"x":"2020-01-01"},"failed":[],"recent":[]}']
)
def test_a_damaged_file_of_tries_keeps_nobody_out(folder: Path, kept: str) -> None:
    (folder / tries.FILE).write_text(kept)
    open_profile(folder, None, PASSWORD, NOW).close()


def test_the_file_of_tries_names_nobody(folder: Path) -> None:
    with pytest.raises(WrongPassword):
        open_profile(folder, None, "faux", NOW)
    kept = (folder / tries.FILE).read_text()
    assert not any(word in kept for word in (*ADVISER.split(), "faux"))


def test_the_code_opens_on_another_laptop_with_what_was_not_sent(folder: Path, tmp_path: Path) -> None:
    _, code = create(tmp_path / "other", ADVISER, PASSWORD, NOW)
    profile = open_profile(tmp_path / "other", None, PASSWORD, NOW)
    record, _found = read(line(), reference.lists(), NOW)
    assert record
    register(profile, record, NOW)
    with profile.store.read() as session:
        waiting = sending.counts(session)
    profile.close()
    (tmp_path / "other").rename(tmp_path / "laptop2")
    moved = open_profile(tmp_path / "laptop2", None, code, NOW)
    with moved.store.read() as session:
        assert sending.counts(session) == waiting != {}
        last = session.exec_driver_sql("SELECT what FROM journal ORDER BY seq DESC LIMIT 1").scalar()
    moved.close()
    assert last == "unlock recovery"


def test_a_weak_new_password_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    _, code = create(tmp_path / "p", ADVISER, PASSWORD, NOW)
    before = (tmp_path / "p" / slots.FILE).read_bytes()
    with pytest.raises(WeakPassword):
        recover(tmp_path / "p", ADVISER, code, "faible", NOW)
    assert (tmp_path / "p" / slots.FILE).read_bytes() == before


def everything(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if not file.name.startswith("lock")}


@pytest.mark.parametrize("lost", [[slots.FILE], [engine.FILE]])
def test_half_a_profile_is_told_and_nothing_is_made_in_its_place(folder: Path, lost: list[str]) -> None:
    for name in lost:
        (folder / name).unlink()
    before = everything(folder)
    with pytest.raises(NotOurs, match="manque") as told:
        open_profile(folder, None, PASSWORD, NOW)
    assert "bureau" in told.value.sentence
    with pytest.raises(NotOurs, match="contient déjà"):
        create(folder, ADVISER, PASSWORD, NOW)
    assert everything(folder) == before


@pytest.mark.parametrize("damaged", [[slots.FILE], [engine.FILE], [slots.FILE, engine.FILE]])
def test_a_damaged_profile_is_told_and_left_alone(folder: Path, damaged: list[str]) -> None:
    for name in damaged:
        kept = bytearray((folder / name).read_bytes())
        kept[100:140] = os.urandom(40)
        (folder / name).write_bytes(kept)
    before = {name: everything(folder)[name] for name in (slots.FILE, engine.FILE)}
    with pytest.raises(NotOurs, match="bureau"):
        open_profile(folder, None, PASSWORD, NOW)
    with pytest.raises(NotOurs, match="contient déjà"):
        create(folder, ADVISER, PASSWORD, NOW)
    assert {name: everything(folder)[name] for name in before} == before


@pytest.mark.parametrize("number", [1, 2])
def test_a_profile_cut_off_while_it_is_made_is_made_or_opens(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes at the first (keys) or the second (store) file that is put in place: nothing is tidied up then."""
    folder, calls, real = tmp_path / "p", iter(range(1, 9)), os.replace

    class Cut(BaseException):
        pass

    def cut(old: Path, new: Path) -> None:
        if next(calls) == number:
            raise Cut
        real(old, new)

    with monkeypatch.context() as power:
        power.setattr(os, "replace", cut)
        power.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(Cut):
            create(folder, ADVISER, PASSWORD, NOW)
    if number == 1:
        assert not opening.exists(folder)
        create(folder, ADVISER, PASSWORD, NOW)
    open_profile(folder, ADVISER, PASSWORD, NOW).close()


def test_a_slot_of_a_cheaper_recipe_is_wrapped_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "RECIPE", slots.Cost(2, 64, 1))
    store = (folder / engine.FILE).read_bytes()
    open_profile(folder, None, PASSWORD, NOW).close()
    assert slots.advisers(folder)[0].cost == slots.RECIPE
    assert store[:16] == (folder / engine.FILE).read_bytes()[:16]
    open_profile(folder, None, PASSWORD, NOW).close()
