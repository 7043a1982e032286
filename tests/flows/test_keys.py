"""Keys at the command line: a technician without a password, the recovery code, waits after wrong passwords."""

import json
from pathlib import Path

import pytest

from milomobile.errors import TooSoon
from tests.conftest import ADVISER, PASSWORD
from tests.flows.processes import Laptop, call, one_sentence


def test_status_without_a_password_says_what_is_known_locked(laptop: Laptop) -> None:
    done = call("milomobile", "--profile", str(laptop.folder), "--json", "status")
    assert done.returncode == 0, done.stderr
    answer, known = json.loads(done.stdout), laptop("status")[1]
    assert set(known) == set(answer) - {"locked", "advisers", "size"}
    assert (answer.pop("locked"), answer.pop("advisers")) == (True, 1)
    assert answer.pop("size") > 4096
    assert set(answer.values()) == {None}
    assert call("milomobile", "--profile", str(laptop.folder), "check").returncode == 0


def test_status_without_a_profile_is_no_profile(tmp_path: Path) -> None:
    done = call("milomobile", "--profile", str(tmp_path / "none"), "status")
    assert done.returncode == 2
    one_sentence(done.stderr.replace("\n", " ") + "\n")


def test_the_recovery_code_is_a_password(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "p")
    code = laptop("init", "--adviser", ADVISER)[1]["recovery_code"]
    file = tmp_path / "code"
    file.write_text(code.lower().replace("-", " ") + "\n")
    done = call("milomobile", "--profile", str(laptop.folder), "--password-file", str(file), "--json", "status")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == laptop("status")[1]


def test_a_try_before_its_time_exits_2_and_says_how_long(laptop: Laptop) -> None:
    status = ("--profile", str(laptop.folder), "status")
    for _ in range(8):
        done = call("milomobile", *status, MILOMOBILE_PASSWORD="faux")
        assert done.returncode == 2
        if "Nouvel essai" in done.stderr:
            break
    else:
        pytest.fail("no wait")
    while "Nouvel essai" not in (done := call("milomobile", *status, MILOMOBILE_PASSWORD="faux")).stderr:
        assert done.returncode == 2
    assert call("milomobile", *status, MILOMOBILE_PASSWORD=PASSWORD).stderr.startswith("Nouvel essai dans ")
    assert TooSoon(1.2).sentence == "Nouvel essai dans 2 secondes."
